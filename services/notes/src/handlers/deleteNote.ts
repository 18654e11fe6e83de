import { deleteNote } from '@app/contracts/operations/deleteNote';
import { noContent, orNotFound } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { notes } from '../composition.ts';

export const handler = createHttpHandler(deleteNote, async ({ params: { id }, ifMatch }, { subject }) => {
  orNotFound(await notes.delete(subject, id, ifMatch), 'Note', id);
  return noContent();
});
