import type { ServiceInputTypes, ServiceOutputTypes } from '@aws-sdk/client-dynamodb';
import type { DeserializeMiddleware, HandlerExecutionContext, InitializeMiddleware, Pluggable } from '@smithy/types';

const callsWithALostAnswer = new WeakSet<HandlerExecutionContext>();
const errorsAfterALostAnswer = new WeakSet<object>();

/** DynamoDB has answered, and says that it did nothing. A 5xx does not say that: the write may have been carried out. */
const isRefusal = (error: unknown) => {
  const { httpStatusCode = 0 } = (error as { $metadata?: { httpStatusCode?: number } }).$metadata ?? {};
  return httpStatusCode >= 400 && httpStatusCode < 500;
};

const noteLostAnswer: DeserializeMiddleware<ServiceInputTypes, ServiceOutputTypes> =
  (next, context) => async (args) => {
    try {
      return await next(args);
    } catch (error) {
      if (!isRefusal(error)) callsWithALostAnswer.add(context);
      throw error;
    }
  };

const markError: InitializeMiddleware<ServiceInputTypes, ServiceOutputTypes> = (next, context) => async (args) => {
  try {
    return await next(args);
  } catch (error) {
    if (callsWithALostAnswer.has(context)) errorsAfterALostAnswer.add(error as object);
    throw error;
  }
};

/**
 * Whether an attempt of the call that failed so went unanswered, be it the SDK's retry or one after a conflict: then
 * DynamoDB may have carried it out, and a later attempt met its own work.
 */
export const cameAfterLostAnswer = (error: unknown): boolean => errorsAfterALostAnswer.has(error as object);

/** Notes which calls lost an answer, for `cameAfterLostAnswer`. It stands around every retry. */
export const noteLostAnswers = (): Pluggable<ServiceInputTypes, ServiceOutputTypes> => ({
  applyToStack: (stack) => {
    stack.add(noteLostAnswer, { step: 'deserialize', priority: 'high', name: 'noteLostAnswer' });
    stack.add(markError, { step: 'initialize', priority: 'high', name: 'markErrorsAfterALostAnswer' });
  },
});
