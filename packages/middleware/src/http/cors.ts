import type { HttpMiddleware, MiddyRequest } from './httpMiddleware.ts';

/** The stage's allow-list, from `corsOrigins` of its parameters. An origin that is not on it gets no CORS header. */
export const corsOrigins = () => (process.env.CORS_ORIGINS ?? '').split(',').filter(Boolean);

const exposed = [
  'ETag',
  'Location',
  'Link',
  'x-request-id',
  'Idempotency-Replayed',
  'Preference-Applied',
  'Retry-After',
].join(', ');

/** Goes above http-cors, whose own option would tell the list to every origin. */
export const exposeHeaders = (): HttpMiddleware => {
  const expose = ({ response }: MiddyRequest) => {
    if (response?.headers['Access-Control-Allow-Origin']) response.headers['Access-Control-Expose-Headers'] = exposed;
  };
  return { after: expose, onError: expose };
};
