import { UnavailableError } from '@app/resource';
import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';
import type { InitializeMiddleware, MetadataBearer, Pluggable } from '@smithy/types';

type SdkError = Parameters<typeof isServerError>[0];

/** Throttling, a time-out, a service that cannot be reached or fails. */
const passes = (error: unknown) =>
  error instanceof Error &&
  (isThrottlingError(error as SdkError) || isTransientError(error as SdkError) || isServerError(error as SdkError));

/**
 * A client's plugin: a failure that passes is thrown as UnavailableError, with the SDK's error as its cause. The SDK has
 * retried it before. All other errors stay what they are. It stands outside of a client's other plugins. `alsoPasses` judges
 * the failures that this service alone has.
 */
export const reportUnavailable = <Input extends object, Output extends MetadataBearer>(
  alsoPasses?: (error: unknown) => boolean,
): Pluggable<Input, Output> => {
  const reporting: InitializeMiddleware<Input, Output> = (next) => async (args) => {
    try {
      return await next(args);
    } catch (error) {
      if (passes(error) || alsoPasses?.(error)) throw new UnavailableError((error as Error).message, { cause: error });
      throw error;
    }
  };
  return { applyToStack: (stack) => stack.add(reporting, { step: 'initialize', priority: 'high' }) };
};
