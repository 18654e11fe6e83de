import { updateNote } from '@app/contracts';
import { validateUpdateNote } from '@app/contracts/validators/updateNote';
import { ok, orNotFound } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { notes } from '../notes.ts';

export const handler = createHttpHandler({
  operation: updateNote,
  validate: validateUpdateNote,
  handle: async ({ params: { id }, body, ifMatch }, { subject }) =>
    ok(orNotFound(await notes.update(subject, id, body, ifMatch), 'Note', id)),
});
