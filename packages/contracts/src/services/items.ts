import { changesOf } from '../changes.ts';
import { pageOf, pageParameters, problem, timestamp, uuid, version } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { anyOf, objectOf, schema, type TypeOf } from '../schema.ts';

const name = { type: 'string', minLength: 1, maxLength: 200 } as const;
const description = { type: 'string', maxLength: 5000 } as const;
const quantity = { type: 'integer', minimum: 0, maximum: 1_000_000 } as const;

export const itemInput = schema({
  type: 'object',
  properties: { name, description, quantity },
  required: ['name'],
  additionalProperties: false,
});

export const item = schema({
  type: 'object',
  properties: { itemId: uuid, name, description, quantity, version, createdAt: timestamp, updatedAt: timestamp },
  required: ['itemId', 'name', 'version', 'createdAt', 'updatedAt'],
  additionalProperties: false,
});

const itemPage = pageOf('items', item);
export const itemChanges = changesOf(itemInput);
const itemId = schema({
  type: 'object',
  properties: { itemId: uuid },
  required: ['itemId'],
  additionalProperties: false,
});
const itemList = schema({
  type: 'object',
  properties: pageParameters,
  required: ['limit'],
  additionalProperties: false,
});

/** What every operation on items answers when it does not wait: where to hear of the result. */
const accepted = schema({
  type: 'object',
  properties: { requestId: uuid, itemId: uuid, status: { const: 'accepted' } },
  required: ['requestId', 'status'],
  additionalProperties: false,
});

const requestId = schema({
  type: 'object',
  properties: { requestId: uuid },
  required: ['requestId'],
  additionalProperties: false,
});

/** What an operation came to: the item, a page of items, or the id of the item that is gone. */
const itemResult = anyOf(item, itemPage, itemId);

const operation = schema({ type: 'string', enum: ['create', 'read', 'update', 'delete'] });
const status = schema({ type: 'string', enum: ['accepted', 'success', 'error'] });
const id = schema(uuid);
const time = schema(timestamp);
const etag = schema({ type: 'string' });

const itemRequest = objectOf(
  { requestId: id, operation, status, etag, createdAt: time, completedAt: time, result: itemResult, error: problem },
  ['requestId', 'operation', 'status', 'createdAt'],
);

export type Item = TypeOf<typeof item>;
export type ItemInput = TypeOf<typeof itemInput>;
export type ItemChanges = TypeOf<typeof itemChanges>;
export type ItemPage = TypeOf<typeof itemPage>;
export type Accepted = TypeOf<typeof accepted>;
export type ItemResult = TypeOf<typeof itemResult>;
export type ItemRequest = TypeOf<typeof itemRequest>;

export const createItem = defineOperation({
  operationId: 'createItem',
  method: 'POST',
  path: '/items',
  summary: 'Ask for an item to be created',
  request: { headers: ['Idempotency-Key', 'Prefer'], body: itemInput },
  responses: { 201: item, 202: accepted, 422: problem },
});

export const getItem = defineOperation({
  operationId: 'getItem',
  method: 'GET',
  path: '/items/{itemId}',
  summary: 'Ask for an item',
  request: { params: itemId, headers: ['If-None-Match', 'Prefer'] },
  responses: { 200: item, 202: accepted, 304: null, 404: problem },
});

export const listItems = defineOperation({
  operationId: 'listItems',
  method: 'GET',
  path: '/items',
  summary: 'Ask for a list of items, newest first',
  request: { query: itemList, headers: ['Prefer'] },
  responses: { 200: itemPage, 202: accepted },
});

export const updateItem = defineOperation({
  operationId: 'updateItem',
  method: 'PUT',
  path: '/items/{itemId}',
  summary: 'Ask for some of an item’s fields to be changed',
  request: { params: itemId, headers: ['Idempotency-Key', 'If-Match', 'Prefer'], body: itemChanges },
  responses: { 200: item, 202: accepted, 404: problem, 412: problem, 422: problem },
});

export const deleteItem = defineOperation({
  operationId: 'deleteItem',
  method: 'DELETE',
  path: '/items/{itemId}',
  summary: 'Ask for an item to be deleted',
  request: { params: itemId, headers: ['Idempotency-Key', 'If-Match', 'Prefer'] },
  responses: { 202: accepted, 204: null, 404: problem, 412: problem, 422: problem },
});

export const getRequest = defineOperation({
  operationId: 'getRequest',
  method: 'GET',
  path: '/requests/{requestId}',
  summary: 'Get what has become of a request',
  request: { params: requestId },
  responses: { 200: itemRequest, 404: problem },
});
