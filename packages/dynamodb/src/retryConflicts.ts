import {
  type ServiceInputTypes,
  type ServiceOutputTypes,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import type { InitializeMiddleware, Pluggable } from '@smithy/types';
import { retrying } from './retrying.ts';

/** Whether a transaction was cancelled for one of the reasons, and no condition has decided. */
const wasCancelledFor = (error: unknown, reasons: readonly string[]) => {
  if (!(error instanceof TransactionCanceledException)) return false;
  const codes = (error.CancellationReasons ?? []).map(({ Code = '' }) => Code);
  return codes.some((code) => reasons.includes(code)) && !codes.includes('ConditionalCheckFailed');
};

/** Whether another transaction stood in the way and no condition has decided: then trying again can still succeed. */
export const isConflict = (error: unknown): boolean =>
  error instanceof TransactionConflictException || wasCancelledFor(error, ['TransactionConflict']);

/** What passes of the failures that DynamoDB alone has: a conflict that lasts, and a transaction that is throttled. */
export const passes = (error: unknown): boolean =>
  isConflict(error) || wasCancelledFor(error, ['ThrottlingError', 'ProvisionedThroughputExceeded']);

const retryingOnConflict: InitializeMiddleware<ServiceInputTypes, ServiceOutputTypes> = (next) => (args) =>
  retrying(() => next(args), isConflict);

/**
 * A transaction conflict is no answer: the command is sent again until a condition decides, eight times at the most.
 * The SDK does not retry them (it cannot know that the condition is still worth asking).
 */
export const retryConflicts = (): Pluggable<ServiceInputTypes, ServiceOutputTypes> => ({
  applyToStack: (stack) => stack.add(retryingOnConflict, { step: 'initialize' }),
});
