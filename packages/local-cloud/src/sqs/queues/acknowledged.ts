import type { Message } from '@aws-sdk/client-sqs';

const failuresIn = (result: unknown): readonly unknown[] | undefined => {
  const failures = (result as { batchItemFailures?: unknown } | null | undefined)?.batchItemFailures;
  if (failures === undefined || failures === null) return [];
  return Array.isArray(failures) ? failures : undefined;
};

/**
 * The messages that a function which did not fail has dealt with. One that reports batch item failures keeps those; a
 * report that makes no sense, or names a message that is not in the batch, counts as failure of them all.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export const acknowledged = (messages: readonly Message[], result: unknown, partial: boolean): readonly Message[] => {
  if (!partial) return messages;
  const failures = failuresIn(result);
  const ids = failures?.map((failure) => (failure as { itemIdentifier?: unknown } | null)?.itemIdentifier);
  if (!ids?.every((id) => messages.some(({ MessageId }) => MessageId === id))) return [];
  return messages.filter(({ MessageId }) => !ids.includes(MessageId));
};
