/** The contract that tests of packages use: services come and go. It has what each kind of operation can have. */
import { changesOf } from '../../src/changes.ts';
import { expiry, pageOf, pageParameters, problem, timestamp, uuid, version } from '../../src/fields.ts';
import { defineOperation } from '../../src/operation.ts';
import { schema, type TypeOf } from '../../src/schema.ts';

const title = { type: 'string', minLength: 1, maxLength: 200 } as const;
const content = { type: 'string', maxLength: 100_000 } as const;

const memoInput = schema({
  type: 'object',
  properties: { title, content, expiresAt: expiry },
  required: ['title', 'content'],
  additionalProperties: false,
});

export const memo = schema({
  type: 'object',
  properties: { id: uuid, title, content, expiresAt: timestamp, version, createdAt: timestamp, updatedAt: timestamp },
  required: ['id', 'title', 'content', 'version', 'createdAt', 'updatedAt'],
  additionalProperties: false,
});

const memoChanges = changesOf(memoInput);
const memoId = schema({ type: 'object', properties: { id: uuid }, required: ['id'], additionalProperties: false });
const memoList = schema({
  type: 'object',
  properties: pageParameters,
  required: ['limit'],
  additionalProperties: false,
});

export type Memo = TypeOf<typeof memo>;

export const createMemo = defineOperation({
  operationId: 'createMemo',
  method: 'POST',
  path: '/memos',
  summary: 'Create a memo',
  request: { headers: ['Idempotency-Key'], body: memoInput },
  responses: { 201: memo, 422: problem },
});

export const getMemo = defineOperation({
  operationId: 'getMemo',
  method: 'GET',
  path: '/memos/{id}',
  summary: 'Get a memo',
  request: { params: memoId, headers: ['If-None-Match'] },
  responses: { 200: memo, 304: null, 404: problem },
});

export const listMemos = defineOperation({
  operationId: 'listMemos',
  method: 'GET',
  path: '/memos',
  summary: 'List memos, newest first',
  request: { query: memoList },
  responses: { 200: pageOf('memos', memo) },
});

export const updateMemo = defineOperation({
  operationId: 'updateMemo',
  method: 'PUT',
  path: '/memos/{id}',
  summary: 'Change some of a memo’s fields',
  request: { params: memoId, headers: ['If-Match'], body: memoChanges },
  responses: { 200: memo, 404: problem, 412: problem },
});

export const deleteMemo = defineOperation({
  operationId: 'deleteMemo',
  method: 'DELETE',
  path: '/memos/{id}',
  summary: 'Delete a memo',
  request: { params: memoId, headers: ['If-Match'] },
  responses: { 204: null, 404: problem, 412: problem },
});
