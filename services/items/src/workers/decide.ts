import type { ItemResult } from '@app/contracts/items';
import { changedRow, newRow, type Write, wasAtOneOf } from '@app/dynamodb';
import { idempotencyKeyReused, orNotFound, preconditionFailed } from '@app/http';
import type { Version } from '@app/resource';
import { type ItemRepository, type ItemRow, toItem } from '../items/itemRepository.ts';
import type { WriteCommand } from '../queues/command.ts';

/** What a command comes to: its result, and the write that makes it so (a create that was carried out before needs none). */
export interface Decision {
  readonly result: ItemResult;
  readonly write?: Write;
}

type Writes = Pick<ItemRepository, 'insertion' | 'replacement' | 'removal'>;
type CommandOf<O extends WriteCommand['operation']> = Extract<WriteCommand, { operation: O }>;

const create = (items: Writes, { owner, itemId, input, payloadDigest }: CommandOf<'create'>, existing?: ItemRow) => {
  if (existing && existing.payloadDigest !== payloadDigest) throw idempotencyKeyReused();
  if (existing) return { result: toItem(existing) };
  const now = new Date().toISOString();
  const row = { ...input, itemId, ...newRow({ owner, input, payloadDigest, now }) } as ItemRow;
  return { result: toItem(row), write: items.insertion(row) };
};

const existingOf = (itemId: string, row: ItemRow | undefined, ifMatch: readonly Version[] | undefined) => {
  const existing = orNotFound(row, 'Item', itemId);
  if (ifMatch && !wasAtOneOf(ifMatch, existing)) throw preconditionFailed();
  return existing;
};

/** Judges a command by the item's row as it was read. Throws the problem that the request ends as. */
export const decide = (items: Writes, command: WriteCommand, row: ItemRow | undefined): Decision => {
  if (command.operation === 'create') return create(items, command, row);
  const existing = existingOf(command.itemId, row, command.ifMatch);
  if (command.operation === 'delete') return { result: { itemId: command.itemId }, write: items.removal(existing) };
  const next = changedRow(existing, command.changes, new Date().toISOString());
  return { result: toItem(next), write: items.replacement(existing, next) };
};
