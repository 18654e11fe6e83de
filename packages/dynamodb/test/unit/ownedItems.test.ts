import { IdempotencyKeyReusedError, StaleVersionError } from '@app/resource';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  type PutCommandInput,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { createDocumentClient } from '../../src/documentClient.ts';
import { createOwnedItems } from '../../src/index.ts';
import { thingsTable } from '../support/things.ts';

const dynamodb = mockClient(DynamoDBDocumentClient);
const things = createOwnedItems({ client: createDocumentClient(), TableName: 'things', table: thingsTable });

const createdAt = '2026-01-01T00:00:00.000Z';
const thing = { id: '1', name: 'Lamp', version: 2, createdAt, updatedAt: createdAt };
const row = { ...thing, ownerId: 'alice', ttl: 1, payloadDigest: 'digest' };
const expired = { ...row, expiresAt: '2020-01-01T00:00:00.000Z' };

const conditionFailed = (item?: object) =>
  new ConditionalCheckFailedException({ $metadata: {}, message: '', ...(item && { Item: marshall(item) }) });

beforeEach(() => {
  dynamodb.reset();
});

describe('create', () => {
  it('writes the row on condition that none is there, or an expired one only', async () => {
    dynamodb.on(PutCommand).resolves({});

    const { resource, replayed } = await things.create('alice', { name: 'Lamp' }, { id: '1', payloadDigest: 'digest' });

    const [call] = dynamodb.commandCalls(PutCommand);
    expect(call?.args[0].input).toMatchObject({
      TableName: 'things',
      ConditionExpression: '(attribute_not_exists(#n0)) OR (#n1 <= :v0)',
      ExpressionAttributeNames: { '#n0': 'id', '#n1': 'expiresAt' },
      ExpressionAttributeValues: { ':v0': resource.createdAt },
      Item: { id: '1', name: 'Lamp', version: 1, ownerId: 'alice', payloadDigest: 'digest' },
    });
    expect(replayed).toBe(false);
  });

  it('shows nothing of the row that is internal', async () => {
    dynamodb.on(PutCommand).resolves({});

    const { resource } = await things.create('alice', { name: 'Lamp' }, { id: '1', payloadDigest: 'digest' });

    expect(Object.keys(resource).toSorted()).toEqual(['createdAt', 'id', 'name', 'updatedAt', 'version']);
  });

  it('derives the ttl from the expiry', async () => {
    dynamodb.on(PutCommand).resolves({});

    await things.create('alice', { name: 'Lamp', expiresAt: '2999-01-01T00:00:00.001Z' }, { id: '1' });

    expect(dynamodb.commandCalls(PutCommand)[0]?.args[0].input.Item).toMatchObject({ ttl: 32_472_144_001 });
  });

  it('finds what the same key and payload made before', async () => {
    dynamodb.on(PutCommand).rejects(conditionFailed(row));

    const creation = await things.create('alice', { name: 'Lamp' }, { id: '1', payloadDigest: 'digest' });

    expect(creation).toEqual({ resource: thing, replayed: true });
  });

  it('takes a row that its own earlier attempt has left, whose answer was lost, for its own', async () => {
    dynamodb.on(PutCommand).callsFake(({ Item }: PutCommandInput) => {
      throw conditionFailed({ ...row, createToken: Item?.['createToken'], version: 5 });
    });

    const creation = await things.create('alice', { name: 'Lamp' }, { id: '1', payloadDigest: 'digest' });

    expect(creation).toEqual({ resource: { ...thing, version: 5 }, replayed: false });
  });

  it('refuses the same key with another payload', async () => {
    dynamodb.on(PutCommand).rejects(conditionFailed(row));

    const creation = things.create('alice', { name: 'Sofa' }, { id: '1', payloadDigest: 'another' });

    await expect(creation).rejects.toThrow(IdempotencyKeyReusedError);
  });
});

describe('get', () => {
  it('reads one row and hides what is internal', async () => {
    dynamodb.on(GetCommand, { TableName: 'things', Key: { id: '1' } }).resolves({ Item: row });

    expect(await things.get('alice', '1')).toEqual(thing);
  });

  it.each([
    ['absent', undefined, 'alice'],
    ["another owner's", row, 'bob'],
    ['expired', expired, 'alice'],
  ])('is undefined when the row is %s', async (_case, Item, owner) => {
    dynamodb.on(GetCommand).resolves({ ...(Item && { Item }) });

    expect(await things.get(owner, '1')).toBeUndefined();
  });
});

const writes = [
  ['update', UpdateCommand, () => things.update('alice', '1', { name: 'Sofa' }, [thing]), thing],
  ['delete', DeleteCommand, () => things.delete('alice', '1', [thing]), '1'],
] as const;

describe.each(writes)('%s', (name, Command, write, answer) => {
  it('is one request on condition of existence, owner, expiry and the states allowed', async () => {
    dynamodb.on(Command).resolves({ Attributes: row });

    expect(await write()).toEqual(answer);
    expect(dynamodb.calls()).toHaveLength(1);
    const { ConditionExpression, ExpressionAttributeValues } = dynamodb.call(0).args[0].input as UpdateCommandInput;
    const isAllowed =
      /^\(\(attribute_exists\(#n\d\)\) AND \(#n\d = :v\d\) AND \(\(attribute_not_exists\(#n\d\)\) OR \(#n\d > :v\d\)\)\) AND \(\(#n\d = :v\d\) AND \(#n\d = :v\d\)\)$/;
    const isNotDone = /^\((.*)\) AND \(\(attribute_not_exists\(#n\d\)\) OR \(#n\d <> :v\d\)\)$/;
    const [, condition] =
      name === 'update' ? (isNotDone.exec(ConditionExpression ?? '') ?? []) : ['', ConditionExpression];
    expect(condition).toMatch(isAllowed);
    expect(Object.values(ExpressionAttributeValues ?? {})).toEqual(expect.arrayContaining(['alice', 2, createdAt]));
  });

  it.each([
    ['absent', undefined],
    ["another owner's", { ...row, ownerId: 'bob' }],
    ['expired', expired],
  ])('is undefined when the row is %s', async (_case, item) => {
    dynamodb.on(Command).rejects(conditionFailed(item));

    expect(await write()).toBeUndefined();
  });

  it('throws StaleVersionError when the row is there in another state', async () => {
    dynamodb.on(Command).rejects(conditionFailed(row));

    await expect(write()).rejects.toThrow(StaleVersionError);
  });

  it('hands on any other failure', async () => {
    dynamodb.on(Command).rejects(new Error('no table'));

    await expect(write()).rejects.toThrow('no table');
  });
});

describe('an empty list of states', () => {
  it('allows none: no version is below 0', async () => {
    dynamodb.on(DeleteCommand).rejects(conditionFailed(row));

    await expect(things.delete('alice', '1', [])).rejects.toThrow(StaleVersionError);
    expect(dynamodb.call(0).args[0].input).toMatchObject({
      ConditionExpression: expect.stringMatching(/AND \(#n\d < :v2\)$/),
      ExpressionAttributeValues: { ':v2': 0 },
    });
  });
});
