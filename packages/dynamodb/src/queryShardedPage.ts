import type { Page } from '@app/resource';
import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { unexpired } from './expiry.ts';
import { compare, equals, expressions, joined } from './expressions.ts';
import type { PageRequest } from './queryPage.ts';
import type { Index } from './table.ts';

export interface ShardedPageQuery<T> {
  readonly client: DynamoDBDocumentClient;
  readonly TableName: string;
  /** Its partition is the shard; its sort key what `positionOf` makes, which no two rows share. */
  readonly index: Required<Pick<Index, 'name' | 'partition' | 'sort'>>;
  readonly shards: readonly string[];
  readonly page: PageRequest;
  /** What a row is shown as. */
  readonly show: (row: object) => T;
}

type RowsQuery = Omit<ShardedPageQuery<unknown>, 'show'>;

const separator = '#';

/** A place in a sharded list, from values of a row that together no other row has: the first sorts, the others break ties. */
export const positionOf = (...key: readonly string[]) => key.join(separator);

type Row = Readonly<Record<string, unknown>>;

/** How far one shard has been read: its rows down to `frontier`, or all of them where that is undefined. */
interface Reading {
  readonly shard: string;
  readonly rows: readonly Row[];
  readonly frontier: string | undefined;
}

const maxFurtherQueries = 8; // of expired rows there are few (DynamoDB deletes them): a page may end short, never run long

const readOn = async (query: RowsQuery, from: Reading, Limit: number): Promise<Reading> => {
  const { client, TableName, index } = query;
  const inShard = equals(index.partition, from.shard);
  const { Items = [], LastEvaluatedKey } = await client.send(
    new QueryCommand({
      TableName,
      IndexName: index.name,
      ...expressions({
        key: from.frontier === undefined ? inShard : joined(inShard, compare(index.sort, '<', from.frontier)),
        filter: unexpired(new Date().toISOString()),
      }),
      Limit,
      ScanIndexForward: false,
    }),
  );
  const frontier = LastEvaluatedKey && String(LastEvaluatedKey[index.sort]);
  return { shard: from.shard, rows: [...from.rows, ...Items], frontier };
};

/** What is certain: the rows, newest first, of the stretch that every shard has been read down to, and where it ends. */
const merge = (readings: readonly Reading[], positionName: string) => {
  const position = (row: Row) => String(row[positionName]);
  const unfinished = readings.filter(({ frontier }) => frontier !== undefined);
  const behind = unfinished.toSorted((a, b) => (String(a.frontier) < String(b.frontier) ? 1 : -1))[0];
  const rows = readings
    .flatMap((reading) => reading.rows)
    .filter((row) => behind?.frontier === undefined || position(row) >= behind.frontier)
    .toSorted((a, b) => (position(a) < position(b) ? 1 : -1));
  return { rows, behind };
};

/**
 * One page, newest first, of a list whose rows are spread over the shards of an index; expired rows are left out.
 * A page of n is read as n / shards + 1 rows of each shard at once, then from the shard that lags what is still missing:
 * it costs what some more than n rows cost, however many there are. Because positions are total, the last row's is
 * where the next page begins in every shard, whether or not that row is still there.
 */
export const queryShardedPage = async <T>(query: ShardedPageQuery<T>): Promise<Page<T>> => {
  const { shards, index, page, show } = query;
  const positionName = index.sort;
  const after = page.after && positionOf(...page.after);
  const share = Math.ceil(page.limit / shards.length) + 1;
  const start = shards.map((shard): Reading => ({ shard, rows: [], frontier: after }));
  let readings = await Promise.all(start.map((reading) => readOn(query, reading, share)));
  let { rows, behind } = merge(readings, positionName);
  for (let queries = 0; behind && rows.length < page.limit && queries < maxFurtherQueries; queries++) {
    const further = await readOn(query, behind, page.limit - rows.length);
    readings = readings.map((reading) => (reading.shard === further.shard ? further : reading));
    ({ rows, behind } = merge(readings, positionName));
  }
  const shown = rows.slice(0, page.limit);
  const last = rows.length < page.limit ? behind?.frontier : String(shown.at(-1)?.[positionName]);
  const isLast = behind === undefined && rows.length === shown.length;
  return {
    items: shown.map(show),
    lastKey: isLast ? undefined : last?.split(separator),
  };
};
