import { InvalidStartKeyError, type Page } from '@app/resource';
import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { unexpired } from './expiry.ts';
import { type Condition, equals, expressions, joined } from './expressions.ts';

/** What a caller asks of a list: at most `limit` rows, after the row whose key attributes are `after`. */
export interface PageRequest {
  readonly limit: number;
  readonly after?: readonly string[] | undefined;
}

export interface PageQuery<T> {
  readonly client: DynamoDBDocumentClient;
  readonly TableName: string;
  readonly IndexName: string;
  /** The partition: given by the caller's identity and filters, never by a cursor. */
  readonly partition: Readonly<Record<string, string>>;
  /** The other attributes of a start key, in a fixed order: sort key first, then the table's own key. */
  readonly keyAttributes: readonly string[];
  /** A condition on the sort key. */
  readonly range?: Condition | undefined;
  readonly page: PageRequest;
  /** What a row is shown as. */
  readonly show: (row: object) => T;
}

const maxQueries = 4; // rows that are filtered out are few (DynamoDB deletes them): a page may end short, never run long
const maxBytes = 5_000_000; // a Lambda function returns 6 MB at the most, its body as a JSON string within JSON

/** How many of the items fit into one response: as many as that, and one at the least. */
const fitting = (items: readonly unknown[]): number => {
  let bytes = 0;
  const tooMany = items.findIndex((item) => {
    bytes += Buffer.byteLength(JSON.stringify(JSON.stringify(item)));
    return bytes > maxBytes;
  });
  return tooMany < 0 ? items.length : Math.max(1, tooMany);
};

const startKey = ({ partition, keyAttributes, page: { after } }: Omit<PageQuery<unknown>, 'show'>) => {
  if (after === undefined) return undefined;
  if (after.length !== keyAttributes.length) throw new InvalidStartKeyError(`Expected ${keyAttributes.join(', ')}`);
  return { ...partition, ...Object.fromEntries(keyAttributes.map((attribute, index) => [attribute, after[index]])) };
};

/**
 * One page of a query on an index, newest first, without expired rows. It costs what its rows cost, however many the
 * index has. `lastKey` is absent on the last page only; a page may be short: DynamoDB ends one at 1 MB, and what is left
 * must fit into a response.
 */
export const queryPage = async <T>(query: PageQuery<T>): Promise<Page<T>> => {
  const { client, TableName, IndexName, partition, keyAttributes, range, page, show } = query;
  const keys = Object.entries(partition).map(([attribute, value]) => equals(attribute, value));
  const rows: Record<string, unknown>[] = [];
  let next: Record<string, unknown> | undefined = startKey(query);
  for (let queries = 0; queries < maxQueries; queries++) {
    const asked = page.limit - rows.length;
    const {
      Items = [],
      LastEvaluatedKey,
      ScannedCount = asked,
    } = await client.send(
      new QueryCommand({
        TableName,
        IndexName,
        ...expressions({
          key: joined(...keys, ...(range ? [range] : [])),
          filter: unexpired(new Date().toISOString()),
        }),
        Limit: asked,
        ScanIndexForward: false,
        ExclusiveStartKey: next,
      }),
    );
    rows.push(...Items);
    next = LastEvaluatedKey;
    const endedForSize = ScannedCount < asked;
    if (!next || endedForSize || rows.length >= page.limit) break;
  }
  const items = rows.map(show);
  const count = fitting(items);
  const last = count < items.length ? rows[count - 1] : next;
  return { items: items.slice(0, count), lastKey: last && keyAttributes.map((attribute) => String(last[attribute])) };
};
