import type { CompiledResource } from '@app/contracts';
import { defineTable, joinOf } from '../../src/table.ts';

export interface Thing {
  readonly id: string;
  readonly name: string;
  readonly colour?: string;
  readonly expiresAt?: string;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export const thing: CompiledResource<Thing> = {
  properties: ['id', 'name', 'colour', 'expiresAt', 'version', 'createdAt', 'updatedAt'],
};

export const thingsTable = defineTable({
  key: 'id',
  resource: thing,
  derived: { ownerColour: joinOf('ownerId', 'colour') },
  indexes: {
    newest: { name: 'owner-createdAt-index', partition: 'ownerId', sort: 'createdAt' },
    byColour: { name: 'colour-index', partition: 'ownerColour', sort: 'createdAt' },
    byName: { name: 'name-index', partition: 'name' },
  },
});
