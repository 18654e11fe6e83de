import { documentClient } from '@app/dynamodb';
import { disturbances, disturbDynamoDb, disturbedWritesOf } from '@app/test-support';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { aFile, assetsApi } from '../support/assetsApi.ts';

const dynamodb = await disturbDynamoDb(documentClient);
const api = assetsApi();
const writes = disturbedWritesOf({
  api,
  input: () => aFile,
  changes: () => ({ fileName: 'other.txt' }),
  resourceOf: ({ body }) => ({ ...body, ...(body?.['asset'] as object | undefined) }),
  keyName: 'assetId',
  deleted: 204,
});

beforeAll(() => {
  jest.spyOn(Math, 'random').mockReturnValue(0); // no waits between attempts
});

afterAll(async () => {
  jest.restoreAllMocks();
  await dynamodb.stop();
});

describe.each(disturbances)('a write %s', (_name, kinds) => {
  it.each(writes)('is reported as what happened, and done once: %s', async (_write, { write, seen }) => {
    expect(await write((work) => dynamodb.disturb(kinds, work))).toMatchObject(seen);
  });
});

describe.each(disturbances)('the second write of a create under a key, %s,', (_name, kinds) => {
  it.each(writes.filter(([name]) => name === 'POST with a key'))(
    'is done once: %s',
    async (_write, { write, seen }) => {
      expect(await write((work) => dynamodb.disturb(kinds, work, 1))).toMatchObject(seen);
    },
  );
});
