import { updateNote } from '@app/contracts/operations/updateNote';
import { ok, orNotFound } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { notes } from '../composition.ts';

export const handler = createHttpHandler(updateNote, async ({ params: { id }, body, ifMatch }, { subject }) =>
  ok(orNotFound(await notes.update(subject, id, body, ifMatch), 'Note', id)),
);
