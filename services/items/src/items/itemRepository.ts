import type { Item } from '@app/contracts/items';
import {
  absent,
  createOwnedItems,
  expressions,
  type Hidden,
  isAtOneOf,
  type PageRequest,
  shownBy,
  type Write,
  withDerived,
} from '@app/dynamodb';
import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { itemsTable } from '../tables.ts';

/** An item as it is stored. */
export type ItemRow = Item & Hidden;

export const toItem: (row: ItemRow) => Item = shownBy(itemsTable);

/**
 * Items as stored. Writes are not carried out here but handed out: they belong into the transaction that completes their
 * request. Each is on condition of the state that was read.
 */
export const createItemRepository = (client: DynamoDBDocumentClient, TableName: string) => {
  const items = createOwnedItems({ client, TableName, table: itemsTable });
  return {
    /** Consistent: who was told of a change sees it. */
    get: (owner: string, itemId: string) => items.get(owner, itemId, { ConsistentRead: true }),

    /** The owner's row, with what no caller sees. */
    async find(owner: string, itemId: string): Promise<ItemRow | undefined> {
      const { Item: row } = await client.send(new GetCommand({ TableName, Key: { itemId }, ConsistentRead: true }));
      return row && row['ownerId'] === owner ? (row as ItemRow) : undefined;
    },

    listNewestFirst: (ownerId: string, page: PageRequest) => items.list('newest', { ownerId }, { page }),

    insertion: (row: ItemRow): Write => ({
      Put: { TableName, Item: withDerived(itemsTable, row), ...expressions({ condition: absent('itemId') }) },
    }),

    replacement: (from: ItemRow, to: ItemRow): Write => ({
      Put: { TableName, Item: withDerived(itemsTable, to), ...expressions({ condition: isAtOneOf([from]) }) },
    }),

    removal: (row: ItemRow): Write => ({
      Delete: { TableName, Key: { itemId: row.itemId }, ...expressions({ condition: isAtOneOf([row]) }) },
    }),
  };
};

export type ItemRepository = ReturnType<typeof createItemRepository>;
