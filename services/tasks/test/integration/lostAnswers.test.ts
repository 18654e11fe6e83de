import { documentClient } from '@app/dynamodb';
import { disturbances, disturbDynamoDb, disturbedWritesOf } from '@app/test-support';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { anOwner, tasksApi } from '../support/tasksApi.ts';

const dynamodb = await disturbDynamoDb(documentClient);
const api = tasksApi(anOwner());
const writes = disturbedWritesOf({
  api,
  input: () => ({ title: 'Feed the cat' }),
  changes: () => ({ status: 'completed' }),
  resourceOf: ({ body }) => body,
  keyName: 'taskId',
  deleted: 200,
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
