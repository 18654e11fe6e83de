import type { HttpMiddleware, MiddyRequest } from './httpMiddleware.ts';

/** What every response carries. `no-store` gives way to the cache rule of a resource that was read. */
const common = {
  'Cache-Control': 'no-store',
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
} as const;

export const responseHeaders = (): HttpMiddleware => {
  const add = ({ response }: MiddyRequest) => {
    if (response) response.headers = { ...common, ...response.headers };
  };
  return { after: add, onError: add };
};
