import { listNotes } from '@app/contracts';
import { validateListNotes } from '@app/contracts/validators/listNotes';
import { page as pageOf } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { notes } from '../notes.ts';

export const handler = createHttpHandler({
  operation: listNotes,
  validate: validateListNotes,
  handle: async ({ page }, { subject }) => pageOf('notes', await notes.listNewestFirst(subject, page)),
});
