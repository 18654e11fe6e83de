import type { Item } from '@app/contracts/items';
import type { ItemRow } from '../../src/items/itemRepository.ts';
import type { RequestRow } from '../../src/requests/requestRow.ts';

export const requestId = '0b0e7a52-6f0c-4f7b-9a53-0d3e5f3f3f10';
export const itemId = '5c2f7c1e-58a5-4a0e-9d4e-2f1f0b7a6c11';
const createdAt = '2026-03-02T08:15:00.000Z';

/** An item as it is stored; its entity tag is `itemTag`. */
export const anItemRow = (fields: Partial<ItemRow> = {}): ItemRow => ({
  itemId,
  ownerId: 'public',
  name: 'Bolt',
  quantity: 3,
  version: 2,
  createdAt,
  updatedAt: createdAt,
  ...fields,
});

export const itemTag = `"2-${Date.parse(createdAt).toString(36)}"`;
export const itemVersion = { version: 2, createdAt };

/** A request as it is stored. */
export const aRequestRow = (fields: Partial<RequestRow> = {}): RequestRow => ({
  requestId,
  ownerId: 'public',
  operation: 'update',
  itemId,
  digest: 'd',
  status: 'accepted',
  createdAt,
  expiresAt: '2999-01-01T00:00:00.000Z',
  ttl: 32_472_144_000,
  ...fields,
});

export const anItem = (fields: Partial<Item> = {}): Item => {
  const { ownerId: _ownerId, ...item } = anItemRow();
  return { ...item, ...fields };
};
