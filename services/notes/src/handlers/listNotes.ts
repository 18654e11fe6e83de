import { listNotes } from '@app/contracts/operations/listNotes';
import { page as pageOf } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { notes } from '../composition.ts';

export const handler = createHttpHandler(listNotes, async ({ page }, { subject }) =>
  pageOf('notes', await notes.listNewestFirst(subject, page)),
);
