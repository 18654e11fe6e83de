import type { Message } from '@aws-sdk/client-sqs';
import type { DeadLetterQueue } from './queues.ts';

const time = (milliseconds: string | undefined) => (milliseconds ? new Date(Number(milliseconds)).toISOString() : '');

export const renderList = (queues: readonly DeadLetterQueue[]): string => {
  const rows = queues.map(({ name, waiting, held, source }) => [name, `${waiting + held}`, source?.name ?? 'no queue']);
  const table = [['dead-letter queue', 'messages', 'from'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

/** A message with what tells where it comes from: its attributes carry the request id that leads through the logs. */
export const renderMessage = ({ MessageId, Body, Attributes = {}, MessageAttributes = {} }: Message): string => {
  const attributes = Object.entries(MessageAttributes).map(
    ([name, value]) => `${name}=${value.StringValue ?? '(bytes)'}`,
  );
  const group = Attributes.MessageGroupId ? `group=${Attributes.MessageGroupId}` : '';
  const sent = `sent ${time(Attributes.SentTimestamp)}`;
  return [[MessageId, sent, group, ...attributes].filter(Boolean).join('  '), `  ${Body}`].join('\n');
};
