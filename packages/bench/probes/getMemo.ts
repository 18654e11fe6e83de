import { getMemo } from '@app/contracts/operations/getMemo';
import { ok, orNotFound } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { memos } from './memos.ts';

export const handler = createHttpHandler(getMemo, async ({ params: { id } }, { subject }) =>
  ok(orNotFound(await memos.get(subject, id), 'Memo', id)),
);
