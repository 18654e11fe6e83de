import { createMemo } from '@app/contracts/operations/createMemo';
import { deleteMemo } from '@app/contracts/operations/deleteMemo';
import { getMemo } from '@app/contracts/operations/getMemo';
import { listMemos } from '@app/contracts/operations/listMemos';
import { updateMemo } from '@app/contracts/operations/updateMemo';
import { memo } from '@app/contracts/resources/memo';
import { createDocumentClient, createOwnedItems } from '@app/dynamodb';
import { defineTable } from '@app/dynamodb/table';
import { created, noContent, ok, orNotFound, page as pageOf } from '@app/http';
import {
  type DynamoDbReply,
  httpApiEvent,
  lambdaContext,
  parsed,
  restApiEvent,
  stubDynamoDb,
  type TestRequest,
} from '@app/test-support';
import { createHttpHandler } from '../../src/index.ts';

export const gateways = [
  ['an HTTP API (payload 2.0)', httpApiEvent],
  ['a REST API (payload 1.0)', restApiEvent],
] as const;

export type EventOf = (typeof gateways)[number][1];

export const id = '0b0e7a52-6f0c-4f7b-9a53-0d3e5f3f3f10';
export const createdAt = '2026-01-01T00:00:00.000Z';
export const entityTag = '"2-mjuohs00"';

const memosTable = defineTable({
  key: 'id',
  resource: memo,
  indexes: { newest: { name: 'owner-createdAt-index', partition: 'ownerId', sort: 'createdAt' } },
});

/** The memo as DynamoDB holds it. */
export const storedMemo = {
  id: { S: id },
  title: { S: 'Milk' },
  content: { S: 'Two pints' },
  version: { N: '2' },
  createdAt: { S: createdAt },
  updatedAt: { S: createdAt },
  ownerId: { S: 'public' },
};

/** The operations on memos, each behind the whole pipeline, over a database that gives these replies. */
export const createMemosApi = (eventOf: EventOf, ...replies: DynamoDbReply[]) => {
  const { requestHandler, requests } = stubDynamoDb(...replies);
  const client = createDocumentClient({ requestHandler, maxAttempts: 1, retryMode: 'standard' }); // no waits
  const memos = createOwnedItems({ client, TableName: 'memos', table: memosTable });

  const handlers = {
    createMemo: createHttpHandler(createMemo, async ({ body, identity }, { subject }) =>
      created(await memos.create(subject, body, identity)),
    ),
    getMemo: createHttpHandler(getMemo, async ({ params }, { subject }) =>
      ok(orNotFound(await memos.get(subject, params.id), 'Memo', params.id)),
    ),
    listMemos: createHttpHandler(listMemos, async ({ page }, { subject }) =>
      pageOf('memos', await memos.list('newest', { ownerId: subject }, { page })),
    ),
    updateMemo: createHttpHandler(updateMemo, async ({ params, body, ifMatch }, { subject }) =>
      ok(orNotFound(await memos.update(subject, params.id, body, ifMatch), 'Memo', params.id)),
    ),
    deleteMemo: createHttpHandler(deleteMemo, async ({ params, ifMatch }, { subject }) => {
      orNotFound(await memos.delete(subject, params.id, ifMatch), 'Memo', params.id);
      return noContent();
    }),
  };

  const call =
    (operation: keyof typeof handlers, defaults: TestRequest) =>
    async (request: TestRequest = {}) =>
      parsed(await handlers[operation](eventOf({ ...defaults, ...request }), lambdaContext()));

  const ofOne = { path: `/memos/${id}`, params: { id } };
  return {
    requests,
    createMemo: call('createMemo', { method: 'POST', path: '/memos' }),
    getMemo: call('getMemo', { method: 'GET', ...ofOne }),
    listMemos: call('listMemos', { method: 'GET', path: '/memos' }),
    updateMemo: call('updateMemo', { method: 'PUT', ...ofOne }),
    patchMemo: call('updateMemo', { method: 'PATCH', ...ofOne }),
    deleteMemo: call('deleteMemo', { method: 'DELETE', ...ofOne }),
  };
};
