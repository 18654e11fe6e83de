import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';
import { ContentionError, UnknownOutcomeError } from './errors.ts';
import { isConflict } from './retryConflicts.ts';

type SdkError = Parameters<typeof isServerError>[0];

const throttles = new Set(['ThrottlingError', 'ProvisionedThroughputExceeded', 'TransactionConflict']);

const isThrottledTransaction = (error: unknown) =>
  error instanceof TransactionCanceledException &&
  (error.CancellationReasons ?? []).some(({ Code }) => throttles.has(Code ?? ''));

/**
 * Whether an AWS call failed for a reason that passes: throttling, a time-out, an unreachable or failing service,
 * conflicts that did not end, an outcome that nobody knows. All of them were retried before they got here.
 */
export const isUnavailable = (error: unknown): boolean =>
  error instanceof Error &&
  (isThrottlingError(error as SdkError) ||
    isTransientError(error as SdkError) ||
    isServerError(error as SdkError) ||
    isConflict(error) ||
    error instanceof ContentionError ||
    error instanceof UnknownOutcomeError ||
    isThrottledTransaction(error));
