import { StaleVersionError, UnknownOutcomeError } from '@app/resource';
import { type DynamoDbReply, noAnswer, refusal, stubDynamoDb } from '@app/test-support';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createDocumentClient } from '../../src/documentClient.ts';
import { createOwnedItems } from '../../src/index.ts';
import { thingsTable } from '../support/things.ts';

const createdAt = '2026-01-01T00:00:00.000Z';
const earlier = '2025-01-01T00:00:00.000Z';
const row = { id: '1', ownerId: 'alice', version: 2, createdAt, updatedAt: createdAt, writeToken: 'of another call' };

const thingsBehind = (...replies: DynamoDbReply[]) => {
  const { requestHandler, requests } = stubDynamoDb(...replies);
  const client = createDocumentClient({ requestHandler });
  return { things: createOwnedItems({ client, TableName: 'things', table: thingsTable }), requests };
};

const refused = (item?: object) => refusal('ConditionalCheckFailedException', item && { Item: marshall(item) });

const lost = [
  ['a time-out', [noAnswer('TimeoutError')]],
  ['a cut connection', [noAnswer('Error', 'ECONNRESET')]],
  ['a failure of DynamoDB, which may come after the write', [refusal('InternalServerError', {}, 500)]],
  ['two time-outs', [noAnswer('TimeoutError'), noAnswer('TimeoutError')]],
  ['a time-out, and a conflict after it', [noAnswer('TimeoutError'), refusal('TransactionConflictException')]],
  ['a time-out, and throttling after it', [noAnswer('TimeoutError'), refusal('ThrottlingException')]],
] as const;

const heard = [
  ['nothing before it', []],
  ['throttling', [refusal('ProvisionedThroughputExceededException')]],
  ['a conflict', [refusal('TransactionConflictException')]],
] as const;

beforeAll(() => {
  jest.spyOn(Math, 'random').mockReturnValue(0); // no waits between attempts
});

afterAll(() => {
  jest.restoreAllMocks();
});

describe('a delete that finds nothing', () => {
  it.each(lost)('is done after %s', async (_case, replies) => {
    const { things, requests } = thingsBehind(...replies, refused());

    expect(await things.delete('alice', '1')).toBe('1');
    expect(requests).toHaveLength(replies.length + 1);
  });

  it.each(heard)('found nothing after %s', async (_case, replies) => {
    const { things } = thingsBehind(...replies, refused());

    expect(await things.delete('alice', '1')).toBeUndefined();
  });
});

describe('a delete that finds something else', () => {
  it.each(lost)(
    'is done after %s when what If-Match names is gone, and something has come in its place',
    async (_case, replies) => {
      const { things } = thingsBehind(...replies, refused(row));

      expect(await things.delete('alice', '1', [{ version: 2, createdAt: earlier }])).toBe('1');
    },
  );

  it.each(lost)('is refused after %s when that very thing is there in another state', async (_case, replies) => {
    const { things } = thingsBehind(...replies, refused(row));

    await expect(things.delete('alice', '1', [{ version: 1, createdAt }])).rejects.toThrow(StaleVersionError);
  });

  it.each(lost)(
    'is done after %s when a row of nobody’s stands in its place, as one that holds the id',
    async (_case, replies) => {
      const { things } = thingsBehind(...replies, refused({ id: '1', heldBy: 'removal' }));

      expect(await things.delete('alice', '1')).toBe('1');
    },
  );

  it.each(heard)('finds nothing after %s when a row of nobody’s stands there', async (_case, replies) => {
    const { things } = thingsBehind(...replies, refused({ id: '1', heldBy: 'removal' }));

    expect(await things.delete('alice', '1')).toBeUndefined();
  });

  it.each(heard)('is refused after %s', async (_case, replies) => {
    const { things } = thingsBehind(...replies, refused(row));

    await expect(things.delete('alice', '1', [{ version: 2, createdAt: earlier }])).rejects.toThrow(StaleVersionError);
  });

  it.each(lost)('is refused after %s when If-Match allows nothing', async (_case, replies) => {
    const { things } = thingsBehind(...replies, refused(row));

    await expect(things.delete('alice', '1', [])).rejects.toThrow(StaleVersionError);
  });

  it.each(lost)(
    'finds nothing after %s when it is another owner’s: an id never changes owners',
    async (_case, replies) => {
      const { things } = thingsBehind(...replies, refused({ ...row, ownerId: 'bob' }));

      expect(await things.delete('alice', '1')).toBeUndefined();
    },
  );
});

describe('an update whose If-Match does not hold', () => {
  const asked = (replies: readonly DynamoDbReply[], found: object, version = 1) =>
    thingsBehind(...replies, refused(found)).things.update('alice', '1', { name: 'Lamp' }, [{ version, createdAt }]);

  it.each(lost)('is certainly refused after %s when the next version is another call’s', async (_case, replies) => {
    await expect(asked(replies, row)).rejects.toThrow(StaleVersionError);
  });

  it.each(lost)('has an unknown outcome after %s when others can have written since', async (_case, replies) => {
    await expect(asked(replies, { ...row, version: 3 })).rejects.toThrow(UnknownOutcomeError);
    await expect(asked(replies, { ...row, version: 1, createdAt: earlier })).rejects.toThrow(UnknownOutcomeError);
  });

  it.each(heard)('is certainly refused after %s', async (_case, replies) => {
    await expect(asked(replies, { ...row, version: 3 })).rejects.toThrow(StaleVersionError);
  });
});
