import type { Note } from '@app/contracts/notes';
import { documentClient } from '@app/dynamodb';
import { httpApiEvent, lambdaContext, parsed, type TestRequest } from '@app/test-support';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { config } from '../../src/config.ts';
import { handler as createNote } from '../../src/handlers/createNote.ts';
import { handler as deleteNote } from '../../src/handlers/deleteNote.ts';
import { handler as getNote } from '../../src/handlers/getNote.ts';
import { handler as listNotes } from '../../src/handlers/listNotes.ts';
import { handler as updateNote } from '../../src/handlers/updateNote.ts';

type Headers = Readonly<Record<string, string>>;

/** The service's functions as one owner calls them through the gateway. Every caller is new: tests never meet. */
export const notesApi = (subject: string = crypto.randomUUID()) => {
  const call = async (handler: typeof getNote, request: TestRequest) =>
    parsed(await handler(httpApiEvent({ ...request, subject }), lambdaContext()));
  const one = (id: string) => ({ path: `/notes/${id}`, params: { id } });
  const create = (body: unknown = { title: 'Milk', content: 'Two pints' }, headers: Headers = {}) =>
    call(createNote, { method: 'POST', path: '/notes', body, headers });
  return {
    subject,
    create,
    get: (id: string, headers: Headers = {}) => call(getNote, { ...one(id), headers }),
    list: (query = '') => call(listNotes, { path: '/notes', query }),
    update: (id: string, body: unknown, headers: Headers = {}) =>
      call(updateNote, { method: 'PUT', ...one(id), body, headers }),
    patch: (id: string, body: unknown, headers: Headers = {}) =>
      call(updateNote, { method: 'PATCH', ...one(id), body, headers }),
    remove: (id: string, headers: Headers = {}) => call(deleteNote, { method: 'DELETE', ...one(id), headers }),
    /** A new note, as its owner sees it. */
    aNote: async (fields: Partial<Note> = {}) =>
      noteOf(await create({ title: 'Milk', content: 'Two pints', ...fields })),
  };
};

export const noteOf = ({ body }: { readonly body: unknown }) => body as Note;

export const notesOf = ({ body }: { readonly body: unknown }) => (body as { notes: Note[] }).notes;

export const aTimeToCome = () => new Date(Date.now() + 3_600_000).toISOString();

/** Sets a note's expiry back, past the API, as time would. It has no `ttl`: nothing deletes the row. */
export const expire = async (id: string) => {
  await documentClient.send(
    new UpdateCommand({
      TableName: config.tableName,
      Key: { id },
      UpdateExpression: 'SET expiresAt = :past',
      ExpressionAttributeValues: { ':past': new Date(Date.now() - 1000).toISOString() },
    }),
  );
};
