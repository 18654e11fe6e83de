import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { corsHeaders, preflightHeaders } from './cors.ts';
import { isSignedWith } from './signature.ts';
import type { Store } from './store.ts';
import type { Bucket } from './types.ts';

interface Front {
  readonly buckets: ReadonlyMap<string, Bucket>;
  readonly secretAccessKey: string;
  readonly store: () => Promise<Pick<Store, 'answer' | 'entityTag'>>;
}

const refuse = (response: ServerResponse, status: number, code: string, message: string) => {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  response.writeHead(status, { 'content-type': 'application/xml', 'content-length': Buffer.byteLength(body) });
  response.end(body);
};

const target = (url: string) => {
  const { pathname, searchParams } = new URL(url, 'http://s3');
  const [, bucket = '', ...key] = pathname.split('/');
  return { bucket, key: decodeURIComponent(key.join('/')), isSigned: searchParams.has('X-Amz-Signature') };
};

const answerPreflight = (request: IncomingMessage, response: ServerResponse, bucket: Bucket | undefined) => {
  const { origin = '' } = request.headers;
  const method = request.headers['access-control-request-method'] ?? '';
  const headers = request.headers['access-control-request-headers'] ?? '';
  const allowed = preflightHeaders(bucket?.corsRules ?? [], { origin, method, headers });
  if (!allowed) return refuse(response, 403, 'AccessForbidden', 'CORSResponse: This CORS request is not allowed.');
  response.writeHead(200, { ...allowed, 'content-length': 0 });
  response.end();
};

/**
 * What S3 does and s3rver does not: CORS by the bucket's own rules, with the origin in the answer; no anonymous caller in
 * a private bucket; DELETE on condition of the entity tag.
 */
export const createFront = ({ buckets, secretAccessKey, store }: Front): RequestListener => {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { bucket: name, key, isSigned } = target(request.url ?? '/');
    const bucket = buckets.get(name);
    const { method = '', headers } = request;
    if (method === 'OPTIONS') return answerPreflight(request, response, bucket);
    const cors = headers.origin ? corsHeaders(bucket?.corsRules ?? [], headers.origin, method) : {};
    for (const [header, value] of Object.entries(cors)) response.setHeader(header, value);
    if (!isSigned && !headers.authorization) return refuse(response, 403, 'AccessDenied', 'Access Denied');
    if (!isSignedWith(secretAccessKey, { method, url: request.url ?? '/', headers }))
      return refuse(response, 403, 'SignatureDoesNotMatch', 'The signature that we calculated is another than yours.');
    const { answer: pass, entityTag } = await store();
    const ifMatch = method === 'DELETE' ? headers['if-match'] : undefined;
    const current = ifMatch === undefined ? undefined : await entityTag(name, key);
    if (current !== undefined && ifMatch !== '*' && ifMatch !== current)
      return refuse(
        response,
        412,
        'PreconditionFailed',
        'At least one of the pre-conditions you specified did not hold',
      );
    pass(request, response);
  };
  return (request, response) => {
    response.once('finish', () => request.resume()); // a body that nobody reads must not hold up the connection
    answer(request, response).catch((error: Error) => refuse(response, 500, 'InternalError', error.message));
  };
};
