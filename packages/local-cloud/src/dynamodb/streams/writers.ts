import { isDeepStrictEqual } from 'node:util';
import type { TraceContext } from '../../tracing/context.ts';
import type { StreamRecord } from './api.ts';

type Item = Readonly<Record<string, unknown>>;

interface Write {
  readonly table: string;
  /** The row's key, or all of the row. */
  readonly row: Item;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly context: TraceContext;
}

interface Part {
  readonly TableName?: string;
  readonly Key?: Item;
  readonly Item?: Item;
}

/** An input of DynamoDB's writing operations. */
export interface WriteInput extends Part {
  readonly TransactItems?: readonly Readonly<Record<string, Part>>[];
  readonly RequestItems?: Readonly<Record<string, unknown>>;
}

interface BatchEntry {
  readonly PutRequest?: Part;
  readonly DeleteRequest?: Part;
}

const mostWrites = 2000;
const longestLag = 2000; // milliseconds; a record's time has no fractions of a second

const partsOf = ({ TransactItems, RequestItems, ...single }: WriteInput): Part[] => {
  if (TransactItems)
    return TransactItems.flatMap(({ Put, Update, Delete }) => [Put ?? [], Update ?? [], Delete ?? []].flat());
  const entries = Object.entries(RequestItems ?? {}).filter((entry): entry is [string, BatchEntry[]] =>
    Array.isArray(entry[1]),
  ); // a batch of reads has another shape
  return [
    single,
    ...entries.flatMap(([TableName, batch]) =>
      batch.map(({ PutRequest, DeleteRequest }) => ({ TableName, ...PutRequest, ...DeleteRequest })),
    ),
  ];
};

const hasKeys = (row: Item, keys: Item) =>
  Object.entries(keys).every(([name, value]) => isDeepStrictEqual(row[name], value));

/**
 * Who wrote which row of the tables that have a stream: DynamoDB's records do not say. A record is taken for the last write
 * of its row within about its second, so that of two writes in one second both records are the later one's.
 */
export const createWriters = () => {
  const watched = new Set<string>();
  const writes: Write[] = [];
  return {
    /** From now on a table's writes are remembered. */
    watch: (table: string): void => void watched.add(table),
    note: (input: WriteInput, context: TraceContext): void => {
      if (watched.size === 0) return;
      for (const { TableName: table, Key, Item } of partsOf(input)) {
        const row = Key ?? Item;
        if (table !== undefined && row && watched.has(table)) writes.push({ table, row, at: Date.now(), context });
      }
      if (writes.length > 2 * mostWrites) writes.splice(0, writes.length - mostWrites);
    },
    /** The call that wrote what a record tells of, if it is known. */
    writerOf: (table: string, { dynamodb }: StreamRecord): TraceContext | undefined => {
      const { Keys = {}, ApproximateCreationDateTime: seconds = 0 } = dynamodb as { Keys?: Item } & typeof dynamodb;
      const latest = seconds * 1000 + longestLag;
      return writes.findLast((write) => write.table === table && write.at <= latest && hasKeys(write.row, Keys))
        ?.context;
    },
  };
};

export type Writers = ReturnType<typeof createWriters>;
