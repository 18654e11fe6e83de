import { getNote } from '@app/contracts/operations/getNote';
import { ok, orNotFound } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { notes } from '../composition.ts';

export const handler = createHttpHandler(getNote, async ({ params: { id } }, { subject }) =>
  ok(orNotFound(await notes.get(subject, id), 'Note', id)),
);
