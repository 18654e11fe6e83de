import { createDocumentClient, createOwnedItems } from '../../src/index.ts';
import { defineTable } from '../../src/table.ts';
import { thing, thingsTable } from '../support/things.ts';

const things = createOwnedItems({ client: createDocumentClient(), TableName: 'things', table: thingsTable });
const identity = { id: '1' };
const page = { limit: 1 };
const body = { name: 'Bulb' };

/** Judged by `pnpm check:types` and never run: where a line compiles that should not, its directive is an error. */
export const writes = [
  () => things.create('alice', { name: 'Lamp' }, identity),
  () => things.update('alice', '1', { name: 'Bulb', colour: null }),
  // @ts-expect-error there is no such field
  () => things.create('alice', { name: 'Lamp', colur: 'red' }, identity),
  // @ts-expect-error a required field is missing
  () => things.create('alice', { colour: 'red' }, identity),
  // @ts-expect-error the version is not the caller's to give
  () => things.create('alice', { name: 'Lamp', version: 2 }, identity),
  // @ts-expect-error there is no such field
  () => things.update('alice', '1', { ...body, colur: 'red' }),
  // @ts-expect-error a required field cannot be removed
  () => things.update('alice', '1', { name: null }),
  // @ts-expect-error an owner is nothing to change
  () => things.update('alice', '1', { ownerId: 'mallory' }),
];

export const queries = [
  () => things.list('newest', { ownerId: 'alice' }, { page }),
  () => things.list('byColour', { ownerId: 'alice', colour: 'red' }, { page }),
  // @ts-expect-error there is no such index
  () => things.list('oldest', { ownerId: 'alice' }, { page }),
  // @ts-expect-error the partition is not given
  () => things.list('byColour', { ownerId: 'alice' }, { page }),
];

export const tables = [
  // @ts-expect-error a number is no key of an index
  () => defineTable({ ...thingsTable, resource: thing, indexes: { byVersion: { name: 'v', partition: 'version' } } }),
  // @ts-expect-error the resource has no such key
  () => defineTable({ key: 'thingId', resource: thingsTable.resource ?? { properties: [] } }),
];
