import { changesOf } from '../changes.ts';
import { expiry, pageOf, pageParameters, problem, timestamp, uuid, version } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { schema, type TypeOf } from '../schema.ts';

const title = { type: 'string', minLength: 1, maxLength: 200 } as const;
const content = { type: 'string', maxLength: 100_000 } as const;

const noteInput = schema({
  type: 'object',
  properties: { title, content, expiresAt: expiry },
  required: ['title', 'content'],
  additionalProperties: false,
});

export const note = schema({
  type: 'object',
  properties: { id: uuid, title, content, expiresAt: timestamp, version, createdAt: timestamp, updatedAt: timestamp },
  required: ['id', 'title', 'content', 'version', 'createdAt', 'updatedAt'],
  additionalProperties: false,
});

const noteChanges = changesOf(noteInput);
const noteId = schema({ type: 'object', properties: { id: uuid }, required: ['id'], additionalProperties: false });
const noteList = schema({
  type: 'object',
  properties: pageParameters,
  required: ['limit'],
  additionalProperties: false,
});

export type Note = TypeOf<typeof note>;
export type NoteInput = TypeOf<typeof noteInput>;
export type NoteChanges = TypeOf<typeof noteChanges>;

export const createNote = defineOperation({
  operationId: 'createNote',
  method: 'POST',
  path: '/notes',
  summary: 'Create a note',
  request: { headers: ['Idempotency-Key'], body: noteInput },
  responses: { 201: note, 422: problem },
});

export const getNote = defineOperation({
  operationId: 'getNote',
  method: 'GET',
  path: '/notes/{id}',
  summary: 'Get a note',
  request: { params: noteId, headers: ['If-None-Match'] },
  responses: { 200: note, 304: null, 404: problem },
});

export const listNotes = defineOperation({
  operationId: 'listNotes',
  method: 'GET',
  path: '/notes',
  summary: 'List notes, newest first',
  request: { query: noteList },
  responses: { 200: pageOf('notes', note) },
});

export const updateNote = defineOperation({
  operationId: 'updateNote',
  method: 'PUT',
  path: '/notes/{id}',
  summary: 'Change some of a note’s fields',
  request: { params: noteId, headers: ['If-Match'], body: noteChanges },
  responses: { 200: note, 404: problem, 412: problem },
});

export const deleteNote = defineOperation({
  operationId: 'deleteNote',
  method: 'DELETE',
  path: '/notes/{id}',
  summary: 'Delete a note',
  request: { params: noteId, headers: ['If-Match'] },
  responses: { 204: null, 404: problem, 412: problem },
});
