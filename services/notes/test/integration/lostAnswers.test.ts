import { documentClient } from '@app/dynamodb';
import { disturbances, disturbDynamoDb, disturbedWritesOf } from '@app/test-support';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { notesApi } from '../support/notesApi.ts';

const dynamodb = await disturbDynamoDb(documentClient);
const api = notesApi();
const writes = disturbedWritesOf({
  api,
  input: () => ({ title: 'Milk', content: 'Two pints' }),
  changes: () => ({ title: 'Oat milk' }),
  resourceOf: ({ body }) => body,
  keyName: 'id',
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
