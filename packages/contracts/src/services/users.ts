import { changesOf } from '../changes.ts';
import { expiry, pageOf, pageParameters, problem, timestamp, uuid, version } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { schema, type TypeOf } from '../schema.ts';

const name = { type: 'string', minLength: 1, maxLength: 100 } as const;
const email = { type: 'string', format: 'email', maxLength: 254 } as const;
const age = { type: 'integer', minimum: 0, maximum: 150 } as const;
const department = { type: 'string', minLength: 1, maxLength: 100 } as const;

const userInput = schema({
  type: 'object',
  properties: { name, email, age, department, expiresAt: expiry },
  required: ['name', 'email'],
  additionalProperties: false,
});

export const user = schema({
  type: 'object',
  properties: {
    userId: uuid,
    name,
    email,
    age,
    department,
    expiresAt: timestamp,
    version,
    createdAt: timestamp,
    updatedAt: timestamp,
  },
  required: ['userId', 'name', 'email', 'version', 'createdAt', 'updatedAt'],
  additionalProperties: false,
});

const userChanges = changesOf(userInput);
const userId = schema({
  type: 'object',
  properties: { userId: uuid },
  required: ['userId'],
  additionalProperties: false,
});
const userList = schema({
  type: 'object',
  properties: { ...pageParameters, email },
  required: ['limit'],
  additionalProperties: false,
});
const userDeleted = schema({
  type: 'object',
  properties: { message: { const: 'User deleted' }, userId: uuid },
  required: ['message', 'userId'],
  additionalProperties: false,
});

export type User = TypeOf<typeof user>;
export type UserInput = TypeOf<typeof userInput>;
export type UserChanges = TypeOf<typeof userChanges>;

export const createUser = defineOperation({
  operationId: 'createUser',
  method: 'POST',
  path: '/users',
  summary: 'Create a user whose email no other user has',
  request: { headers: ['Idempotency-Key'], body: userInput },
  responses: { 201: user, 409: problem, 422: problem },
});

export const getUser = defineOperation({
  operationId: 'getUser',
  method: 'GET',
  path: '/users/{userId}',
  summary: 'Get a user',
  request: { params: userId, headers: ['If-None-Match'] },
  responses: { 200: user, 304: null, 404: problem },
});

export const listUsers = defineOperation({
  operationId: 'listUsers',
  method: 'GET',
  path: '/users',
  summary: 'List users, newest first, or find the one with an email',
  request: { query: userList },
  responses: { 200: pageOf('users', user) },
});

export const updateUser = defineOperation({
  operationId: 'updateUser',
  method: 'PUT',
  path: '/users/{userId}',
  summary: 'Change some of a user’s fields',
  request: { params: userId, headers: ['If-Match'], body: userChanges },
  responses: { 200: user, 404: problem, 409: problem, 412: problem },
});

export const deleteUser = defineOperation({
  operationId: 'deleteUser',
  method: 'DELETE',
  path: '/users/{userId}',
  summary: 'Delete a user',
  request: { params: userId, headers: ['If-Match'] },
  responses: { 200: userDeleted, 404: problem, 412: problem },
});
