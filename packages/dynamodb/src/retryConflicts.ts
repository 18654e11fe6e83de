import { setTimeout as wait } from 'node:timers/promises';
import {
  type ServiceInputTypes,
  type ServiceOutputTypes,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import type { InitializeMiddleware, Pluggable } from '@smithy/types';

const maxAttempts = 8;
const firstWait = 25; // milliseconds; doubled each time: 3 s in all at the most
const longestWait = 800;

/** Whether another transaction stood in the way and no condition has decided: then trying again can still succeed. */
export const isConflict = (error: unknown): boolean => {
  if (error instanceof TransactionConflictException) return true;
  if (!(error instanceof TransactionCanceledException)) return false;
  const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code);
  return codes.includes('TransactionConflict') && !codes.includes('ConditionalCheckFailed');
};

/** Full jitter: callers that collided once must not collide again. */
const jittered = (attempt: number) => Math.random() * Math.min(longestWait, firstWait * 2 ** attempt);

const retrying: InitializeMiddleware<ServiceInputTypes, ServiceOutputTypes> = (next) => async (args) => {
  for (let attempt = 0; ; attempt++) {
    try {
      return await next(args);
    } catch (error) {
      if (!isConflict(error) || attempt + 1 >= maxAttempts) throw error;
      await wait(jittered(attempt));
    }
  }
};

/**
 * A transaction conflict is no answer: the command is sent again until a condition decides, eight times at the most.
 * The SDK does not retry them (it cannot know that the condition is still worth asking).
 */
export const retryConflicts = (): Pluggable<ServiceInputTypes, ServiceOutputTypes> => ({
  applyToStack: (stack) => stack.add(retrying, { step: 'initialize', name: 'retryConflicts' }),
});
