import { deleteNote } from '@app/contracts';
import { validateDeleteNote } from '@app/contracts/validators/deleteNote';
import { noContent, orNotFound } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { notes } from '../notes.ts';

export const handler = createHttpHandler({
  operation: deleteNote,
  validate: validateDeleteNote,
  handle: async ({ params: { id }, ifMatch }, { subject }) => {
    orNotFound(await notes.delete(subject, id, ifMatch), 'Note', id);
    return noContent();
  },
});
