import type { Page } from '@app/http';
import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { InvalidStartKeyError } from './errors.ts';
import { unexpired } from './expiry.ts';
import { type Condition, equals, expressions, joined } from './expressions.ts';
import { type Resource, toResource } from './resource.ts';

/** What a caller asks of a list: at most `limit` rows, after the row whose key attributes are `after`. */
export interface PageRequest {
  readonly limit: number;
  readonly after?: readonly string[] | undefined;
}

export interface PageQuery {
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
  /** Attributes that the table keeps for its indexes and no caller sees. */
  readonly hidden?: readonly string[];
}

const maxQueries = 4; // rows that are filtered out are few (DynamoDB deletes them): a page may end short, never run long

const startKey = ({ partition, keyAttributes, page: { after } }: PageQuery) => {
  if (after === undefined) return undefined;
  if (after.length !== keyAttributes.length) throw new InvalidStartKeyError(`Expected ${keyAttributes.join(', ')}`);
  return { ...partition, ...Object.fromEntries(keyAttributes.map((attribute, index) => [attribute, after[index]])) };
};

/**
 * One page of a query on an index, newest first, without expired rows. It costs what its rows cost, however many the
 * index has. `lastKey` is absent on the last page only; a page may be short (DynamoDB ends one at 1 MB).
 */
export const queryPage = async <T>(query: PageQuery): Promise<Page<T>> => {
  const { client, TableName, IndexName, partition, keyAttributes, range, page, hidden } = query;
  const keys = Object.entries(partition).map(([attribute, value]) => equals(attribute, value));
  const items: T[] = [];
  let next: Record<string, unknown> | undefined = startKey(query);
  for (let queries = 0; queries < maxQueries; queries++) {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName,
        IndexName,
        ...expressions({
          key: joined(...keys, ...(range ? [range] : [])),
          filter: unexpired(new Date().toISOString()),
        }),
        Limit: page.limit - items.length,
        ScanIndexForward: false,
        ExclusiveStartKey: next,
      }),
    );
    items.push(...Items.map((row) => toResource<T & Resource>(row, hidden)));
    next = LastEvaluatedKey;
    if (!next || items.length >= page.limit) break;
  }
  return { items, lastKey: next && keyAttributes.map((attribute) => String(next?.[attribute])) };
};
