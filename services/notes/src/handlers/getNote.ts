import { getNote } from '@app/contracts';
import { validateGetNote } from '@app/contracts/validators/getNote';
import { ok, orNotFound } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { notes } from '../notes.ts';

export const handler = createHttpHandler({
  operation: getNote,
  validate: validateGetNote,
  handle: async ({ params: { id } }, { subject }) => ok(orNotFound(await notes.get(subject, id), 'Note', id)),
});
