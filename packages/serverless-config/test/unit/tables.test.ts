import { defineRows, defineTable, derive, joinOf, type Table } from '@app/dynamodb/table';
import { describe, expect, it } from '@jest/globals';
import { indexArns, tableResources } from '../../src/tables/tables.ts';
import { tablesIn } from '../../src/tables/tablesIn.ts';

interface Thing {
  readonly id: string;
  readonly colour: string;
  readonly version: number;
  readonly createdAt: string;
}

const thing = { properties: ['id', 'colour', 'version', 'createdAt'], resource$: {} as Thing };
const options = { names: { things: 'things-dev' }, isDurable: false };

const thingsTable = defineTable({
  key: 'id',
  resource: thing,
  derived: { ownerColour: joinOf('ownerId', 'colour') },
  indexes: {
    newest: { name: 'owner-createdAt-index', partition: 'ownerId', sort: 'createdAt' },
    byColour: { name: 'colour-index', partition: 'ownerColour', sort: 'createdAt', projection: 'KEYS_ONLY' },
  },
});

const propertiesOf = (table: Table, more = {}) =>
  tableResources({ thingsTable: table }, { ...options, ...more })['ThingsTable']?.Properties;

describe('the resource of a table', () => {
  it('has its keys, every attribute of a key once, and its indexes', () => {
    expect(propertiesOf(thingsTable)).toMatchObject({
      TableName: 'things-dev',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: ['id', 'ownerId', 'createdAt', 'ownerColour'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      GlobalSecondaryIndexes: [
        {
          IndexName: 'owner-createdAt-index',
          KeySchema: [
            { AttributeName: 'ownerId', KeyType: 'HASH' },
            { AttributeName: 'createdAt', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
        { IndexName: 'colour-index', Projection: { ProjectionType: 'KEYS_ONLY' } },
      ],
    });
  });

  const whole = (table: Table, isDurable: boolean) =>
    tableResources({ thingsTable: table }, { ...options, isDurable })['ThingsTable'];

  it('can be recovered, is encrypted and has a stream', () => {
    expect(propertiesOf(thingsTable)).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
      SSESpecification: { SSEEnabled: true },
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    });
  });

  it('is kept in a durable stage when its stack goes, unless the deployment that made it fails', () => {
    expect(whole(thingsTable, true)).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
      Properties: { DeletionProtectionEnabled: true },
    });
  });

  it('goes with its stack in any other stage', () => {
    expect(whole(thingsTable, false)).toMatchObject({
      DeletionPolicy: 'Delete',
      UpdateReplacePolicy: 'Delete',
      Properties: { DeletionProtectionEnabled: false },
    });
  });

  it('of rows that are of no worth tomorrow is not kept anywhere, and not backed up', () => {
    const transient = whole(defineRows({ key: 'id', expires: true, isTransient: true }), true);

    expect(transient).toMatchObject({ DeletionPolicy: 'Delete', Properties: { DeletionProtectionEnabled: false } });
    expect(transient?.Properties).not.toHaveProperty('PointInTimeRecoverySpecification');
  });

  it('lets rows go at their ttl where the resource has an expiry, or the table says so, and nowhere else', () => {
    const ttl = { TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true } };
    const expiring = { ...thingsTable, resource: { properties: [...thing.properties, 'expiresAt'] } };

    expect(propertiesOf(thingsTable)).not.toHaveProperty('TimeToLiveSpecification');
    expect(propertiesOf(expiring)).toMatchObject(ttl);
    expect(propertiesOf(defineRows({ key: 'id', expires: true }))).toMatchObject(ttl);
  });

  it('has a sort key where the table has one, and no indexes where it has none', () => {
    const properties = propertiesOf(defineRows({ key: 'id', sortKey: 'part' }));

    expect(properties?.KeySchema).toEqual([
      { AttributeName: 'id', KeyType: 'HASH' },
      { AttributeName: 'part', KeyType: 'RANGE' },
    ]);
    expect(properties).not.toHaveProperty('GlobalSecondaryIndexes');
  });
});

describe('the ARNs of indexes', () => {
  it('stand by the keys of table and index, as statements name them', () => {
    expect(indexArns({ thingsTable })).toEqual({
      things: {
        newest: { 'Fn::Sub': '${ThingsTable.Arn}/index/owner-createdAt-index' },
        byColour: { 'Fn::Sub': '${ThingsTable.Arn}/index/colour-index' },
      },
    });
  });
});

describe('the tables of a module', () => {
  it('are those of its exports that are tables', () => {
    expect(Object.keys(tablesIn({ thingsTable, shards: ['0'], keyOf: () => '', nothing: undefined }))).toEqual([
      'thingsTable',
    ]);
  });
});

describe('a table that cannot be', () => {
  const index = (change: object) => ({
    ...thingsTable,
    indexes: { ...thingsTable.indexes, newest: { ...thingsTable.indexes.newest, ...change } },
  });
  const noText = () => '';

  it.each<[Table, string]>([
    [{ ...thingsTable, key: '' }, 'thingsTable: key: is required'],
    [{ ...thingsTable, key: 'thingId' }, 'thingsTable: key: the resource has no thingId'],
    [{ ...thingsTable, sortKey: 'id' }, 'thingsTable: sortKey: id is the partition key already'],
    [index({ name: 'a b' }), 'thingsTable: indexes.newest.name: a b is no name for an index'],
    [index({ name: 'colour-index' }), 'thingsTable: indexes: two are called colour-index'],
    [
      index({ partition: 'owner' }),
      'thingsTable: indexes.newest.partition: neither the resource nor derived has owner',
    ],
    [index({ sort: 'created' }), 'thingsTable: indexes.newest.sort: neither the resource nor derived has created'],
    [index({ sort: 'ownerId' }), 'thingsTable: indexes.newest.sort: ownerId is the partition already'],
    [
      { ...thingsTable, derived: { ...thingsTable.derived, size: derive(['width'], noText) } },
      'thingsTable: derived.size: the resource has no width',
    ],
    [
      { ...thingsTable, derived: { ...thingsTable.derived, size: derive([], noText) } },
      'thingsTable: derived.size: is derived from nothing',
    ],
    [
      { ...thingsTable, derived: { ...thingsTable.derived, colour: derive(['id'], noText) } },
      'thingsTable: derived.colour: the resource has a property of this name',
    ],
  ])('is refused, by table and field (%#)', (table, message) => {
    expect(() => tableResources({ thingsTable: table }, options)).toThrow(message);
  });

  it.each<[string, Record<string, Table>, Record<string, string>, string]>([
    ['no name', { thingsTable }, {}, 'thingsTable: custom.tables has no name for things'],
    ['no table', {}, { things: 'things-dev' }, 'custom.tables.things: src/tables.ts exports no thingsTable'],
    ['no such ending', { things: thingsTable }, { things: 't' }, 'things: is to be called thingsTable'],
  ])('is refused when it has %s', (_case, tables, names, message) => {
    expect(() => tableResources(tables, { names, isDurable: false })).toThrow(message);
  });
});
