import { createNote, deleteNote, getNote, listNotes, type Note, updateNote } from '@app/contracts';
import { validateCreateNote } from '@app/contracts/validators/createNote';
import { validateDeleteNote } from '@app/contracts/validators/deleteNote';
import { validateGetNote } from '@app/contracts/validators/getNote';
import { validateListNotes } from '@app/contracts/validators/listNotes';
import { validateUpdateNote } from '@app/contracts/validators/updateNote';
import { createDocumentClient, createOwnedItems, queryPage } from '@app/dynamodb';
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

/** The note as DynamoDB holds it. */
export const storedNote = {
  id: { S: id },
  title: { S: 'Milk' },
  content: { S: 'Two pints' },
  version: { N: '2' },
  createdAt: { S: createdAt },
  updatedAt: { S: createdAt },
  ownerId: { S: 'public' },
};

/** The operations on notes, each behind the whole pipeline, over a database that gives these replies. */
export const createNotesApi = (eventOf: EventOf, ...replies: DynamoDbReply[]) => {
  const { requestHandler, requests } = stubDynamoDb(...replies);
  const client = createDocumentClient({ requestHandler, maxAttempts: 1, retryMode: 'standard' }); // no waits
  const notes = createOwnedItems<Note>({ client, TableName: 'notes', keyName: 'id' });
  const list = { client, TableName: 'notes', IndexName: 'owner-createdAt-index', keyAttributes: ['createdAt', 'id'] };

  const handlers = {
    createNote: createHttpHandler({
      operation: createNote,
      validate: validateCreateNote,
      handle: async ({ body, identity }, { subject }) => created(await notes.create(subject, body, identity)),
    }),
    getNote: createHttpHandler({
      operation: getNote,
      validate: validateGetNote,
      handle: async ({ params }, { subject }) => ok(orNotFound(await notes.get(subject, params.id), 'Note', params.id)),
    }),
    listNotes: createHttpHandler({
      operation: listNotes,
      validate: validateListNotes,
      handle: async ({ page }, { subject }) =>
        pageOf('notes', await queryPage<Note>({ ...list, partition: { ownerId: subject }, page })),
    }),
    updateNote: createHttpHandler({
      operation: updateNote,
      validate: validateUpdateNote,
      handle: async ({ params, body, ifMatch }, { subject }) =>
        ok(orNotFound(await notes.update(subject, params.id, body, ifMatch), 'Note', params.id)),
    }),
    deleteNote: createHttpHandler({
      operation: deleteNote,
      validate: validateDeleteNote,
      handle: async ({ params, ifMatch }, { subject }) => {
        orNotFound(await notes.delete(subject, params.id, ifMatch), 'Note', params.id);
        return noContent();
      },
    }),
  };

  const call =
    (operation: keyof typeof handlers, defaults: TestRequest) =>
    async (request: TestRequest = {}) =>
      parsed(await handlers[operation](eventOf({ ...defaults, ...request }), lambdaContext()));

  const ofOne = { path: `/notes/${id}`, params: { id } };
  return {
    requests,
    createNote: call('createNote', { method: 'POST', path: '/notes' }),
    getNote: call('getNote', { method: 'GET', ...ofOne }),
    listNotes: call('listNotes', { method: 'GET', path: '/notes' }),
    updateNote: call('updateNote', { method: 'PUT', ...ofOne }),
    patchNote: call('updateNote', { method: 'PATCH', ...ofOne }),
    deleteNote: call('deleteNote', { method: 'DELETE', ...ofOne }),
  };
};
