/** Graphs of tables and queues. */
import { ofQueue, ofTable } from '../metrics.ts';
import type { WatchedService, WatchedTable } from '../service.ts';
import { graph, line, type Widget } from './widgets.ts';

const tableGraphs = (tables: readonly WatchedTable[]) => {
  const capacity = tables.flatMap((table) =>
    ['ConsumedReadCapacityUnits', 'ConsumedWriteCapacityUnits'].map((name) =>
      line(ofTable(table)(name, 'Sum'), { label: `${table.id} ${name}` }),
    ),
  );
  const throttled = tables.flatMap((table) =>
    [undefined, ...table.indexes].flatMap((index) =>
      ['ReadThrottleEvents', 'WriteThrottleEvents'].map((name) =>
        line(ofTable(table, index)(name, 'Sum'), { label: [table.id, index, name].filter(Boolean).join(' ') }),
      ),
    ),
  );
  return [graph('Tables: capacity (units)', capacity), graph('Tables and indexes: throttled', throttled)];
};

const byQueue = (title: string, ids: readonly string[], name: string) => [
  graph(
    title,
    ids.map((id) => line(ofQueue(id)(name, 'Maximum'), { label: id })),
  ),
];

export const dataGraphs = ({ tables, queues, deadLetterQueues }: WatchedService): Widget[] => [
  ...(tables.length > 0 ? tableGraphs(tables) : []),
  ...(queues.length > 0
    ? [
        ...byQueue('Queues: messages waiting', queues, 'ApproximateNumberOfMessagesVisible'),
        ...byQueue('Queues: age of the oldest message (s)', queues, 'ApproximateAgeOfOldestMessage'),
      ]
    : []),
  ...(deadLetterQueues.length > 0
    ? byQueue('Dead letters', deadLetterQueues, 'ApproximateNumberOfMessagesVisible')
    : []),
];
