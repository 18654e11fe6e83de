import type { Variables } from '../framework.ts';

const headers = [
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'If-Match',
  'If-None-Match',
  'Prefer',
  'traceparent',
];

/** `cors` of every `http` event: the stage's allow-list. Without one there is no preflight to answer. */
export const cors = async ({ resolveVariable }: Variables) => {
  const origins = (await resolveVariable('param:corsOrigins')) as readonly string[];
  return origins.length > 0 ? { origins, headers, maxAge: 3600 } : false;
};
