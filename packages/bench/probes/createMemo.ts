import { createMemo } from '@app/contracts/operations/createMemo';
import { created } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { memos } from './memos.ts';

export const handler = createHttpHandler(createMemo, async ({ body, identity }, { subject }) =>
  created(await memos.create(subject, body, identity)),
);
