/** Alarms on tables and queues. */
import { ofQueue, ofTable } from '../metrics.ts';
import type { WatchedService, WatchedTable } from '../service.ts';
import type { Alarm } from './alarm.ts';
import { onSum } from './onSum.ts';

const throttles = (table: WatchedTable) => {
  const alarm = {
    about: `${table.id}-throttles`,
    says: `DynamoDB has throttled reads or writes of ${table.id}.`,
    runbook: 'throttling',
    label: 'throttled reads and writes',
    period: 300,
    threshold: 1,
  };
  const events = [undefined, ...table.indexes].flatMap((index) => [
    ofTable(table, index)('ReadThrottleEvents', 'Sum'),
    ofTable(table, index)('WriteThrottleEvents', 'Sum'),
  ]);
  return onSum(alarm, events);
};

/** The oldest message’s age is what a backlog costs; a thousand messages are one before it has become old. */
const backlog = (id: string): Alarm => ({
  about: `${id}-backlog`,
  says: `${id} is behind: its oldest message is older than five minutes, or more than a thousand wait.`,
  runbook: 'backlog',
  metrics: {
    age: ofQueue(id)('ApproximateAgeOfOldestMessage', 'Maximum'),
    depth: ofQueue(id)('ApproximateNumberOfMessagesVisible', 'Maximum'),
  },
  expression: 'IF(FILL(age, 0) > 300 OR FILL(depth, 0) > 1000, 1, 0)',
  label: '1 when behind',
  period: 60,
  threshold: 1,
  datapoints: 3,
  periods: 5,
});

const deadLetters = (id: string): Alarm => ({
  about: `${id}-not-empty`,
  says: `${id} holds what has failed for good.`,
  runbook: 'dead-letters',
  metrics: { letters: ofQueue(id)('ApproximateNumberOfMessagesVisible', 'Maximum') },
  period: 60,
  threshold: 1,
});

export const dataAlarms = ({ tables, queues, deadLetterQueues }: WatchedService): Alarm[] => [
  ...tables.flatMap(throttles),
  ...queues.map(backlog),
  ...deadLetterQueues.map(deadLetters),
];
