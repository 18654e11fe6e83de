import {
  type ServiceInputTypes,
  type ServiceOutputTypes,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import type { InitializeMiddleware, Pluggable } from '@smithy/types';
import { retrying } from './retrying.ts';

/** Whether another transaction stood in the way and no condition has decided: then trying again can still succeed. */
export const isConflict = (error: unknown): boolean => {
  if (error instanceof TransactionConflictException) return true;
  if (!(error instanceof TransactionCanceledException)) return false;
  const codes = new Set(error.CancellationReasons?.map(({ Code }) => Code));
  return codes.has('TransactionConflict') && !codes.has('ConditionalCheckFailed');
};

const retryingOnConflict: InitializeMiddleware<ServiceInputTypes, ServiceOutputTypes> = (next) => (args) =>
  retrying(() => next(args), isConflict);

/**
 * A transaction conflict is no answer: the command is sent again until a condition decides, eight times at the most.
 * The SDK does not retry them (it cannot know that the condition is still worth asking).
 */
export const retryConflicts = (): Pluggable<ServiceInputTypes, ServiceOutputTypes> => ({
  applyToStack: (stack) => stack.add(retryingOnConflict, { step: 'initialize', name: 'retryConflicts' }),
});
