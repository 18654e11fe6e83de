import { createNote } from '@app/contracts';
import { validateCreateNote } from '@app/contracts/validators/createNote';
import { created } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { notes } from '../notes.ts';

export const handler = createHttpHandler({
  operation: createNote,
  validate: validateCreateNote,
  handle: async ({ body, identity }, { subject }) => created(await notes.create(subject, body, identity)),
});
