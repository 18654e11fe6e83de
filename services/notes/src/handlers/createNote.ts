import { createNote } from '@app/contracts/operations/createNote';
import { created } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { notes } from '../composition.ts';

export const handler = createHttpHandler(createNote, async ({ body, identity }, { subject }) =>
  created(await notes.create(subject, body, identity)),
);
