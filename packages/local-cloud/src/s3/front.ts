import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { StorageFault, storageFault } from '../data/storageFaults.ts';
import type { Gate } from '../gate/gate.ts';
import { createGuard } from '../guard/guard.ts';
import { corsHeaders, preflightHeaders } from './cors.ts';
import { passByGate } from './passing.ts';
import type { Headers } from './receive.ts';
import { operationOf } from './routes.ts';
import { S3Error } from './s3Error.ts';
import { assertSigned, type SecretOf } from './signature.ts';
import type { Store } from './store.ts';
import { readTarget, type Target } from './target.ts';
import type { Bucket } from './types.ts';

interface Front {
  readonly buckets: ReadonlyMap<string, Bucket>;
  /** The secrets of the keys that requests may be signed with. */
  readonly secretOf: SecretOf;
  readonly gate: Gate;
  /** Names that are answered for besides local ones. */
  readonly allowedHosts: readonly string[];
  /** What clients may have signed links for, besides the Host that they come with. */
  readonly signedHosts: () => readonly string[];
  readonly store: Store;
  readonly log: (message: string) => void;
}

const refuse = (response: ServerResponse, error: S3Error) => {
  if (response.headersSent || response.destroyed) {
    response.destroy(); // too late for an answer
    return;
  }
  const body = error.toXml();
  response.writeHead(error.status, { 'content-type': 'application/xml', 'content-length': Buffer.byteLength(body) });
  response.end(body);
};

const forbidden = (message: string) => new S3Error(403, 'AccessForbidden', message);

/** The target, or why there is none: who may ask is judged before what is asked. */
const tryTarget = (url: string, hostBucket: string | undefined): Target | S3Error => {
  try {
    return readTarget(url, hostBucket);
  } catch (error) {
    if (error instanceof S3Error) return error;
    throw error;
  }
};

/** Headers as one value each, and over them those that a signed link has in its query. */
const headersOf = ({ headers }: IncomingMessage, { query }: Target): Headers =>
  Object.fromEntries([
    ...Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
    ...[...query].map(([name, value]) => [name.toLowerCase(), value]).filter(([name]) => name?.startsWith('x-amz-')),
  ]);

const answerPreflight = (request: IncomingMessage, response: ServerResponse, bucket: Bucket | undefined) => {
  const { origin = '' } = request.headers;
  const method = request.headers['access-control-request-method'] ?? '';
  const headers = request.headers['access-control-request-headers'] ?? '';
  const allowed = preflightHeaders(bucket?.corsRules ?? [], { origin, method, headers });
  if (!allowed) throw forbidden('CORSResponse: This CORS request is not allowed.');
  response.writeHead(200, { ...allowed, 'content-length': 0 });
  response.end();
};

/** S3 over HTTP: first whether this sender may ask at all, then what is asked, then whether it was signed. */
export const createFront = (front: Front): RequestListener => {
  const { buckets, secretOf, gate, allowedHosts, signedHosts, store, log } = front;

  /** With links in virtual-hosted style, `<bucket>.<host>`. */
  const bucketHosts = () =>
    new Map([...buckets.keys()].flatMap((name) => ['localhost', ...allowedHosts].map((at) => [`${name}.${at}`, name])));

  const assertBucket = (name: string) => {
    if (name === '' || buckets.has(name)) return;
    if (store.catalog.hasBucket(name))
      throw new S3Error(503, 'ServiceUnavailable', 'The service of this bucket is not up. Please try again.');
    throw new S3Error(404, 'NoSuchBucket', 'The specified bucket does not exist', { BucketName: name });
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url = '/', headers } = request;
    const hosts = bucketHosts();
    const hostBucket = hosts.get((headers.host ?? '').toLowerCase().replace(/:\d+$/, ''));
    const target = tryTarget(url, hostBucket);
    const bucket = target instanceof S3Error ? undefined : buckets.get(target.bucket);
    const asked = method === 'OPTIONS' ? (headers['access-control-request-method'] ?? '') : method;
    const cors = corsHeaders(bucket?.corsRules ?? [], headers.origin ?? '', asked);
    const isAllowed = () => Object.keys(cors).length > 0;
    const refusal = createGuard([...allowedHosts, ...hosts.keys()])(request, isAllowed);
    if (refusal)
      throw refusal.status === 400 ? new S3Error(400, 'BadRequest', refusal.detail) : forbidden(refusal.detail);
    if (target instanceof S3Error) throw target;
    if (method === 'OPTIONS') return answerPreflight(request, response, bucket);
    if (headers.origin !== undefined) for (const [name, value] of Object.entries(cors)) response.setHeader(name, value);
    assertSigned({ method, url, headers }, target.query, { secretOf, hosts: signedHosts() });
    const merged = headersOf(request, target);
    const operation = operationOf(method, target, merged);
    assertBucket(target.bucket);
    const call = { target, request, response, headers: merged, store, assertBucket };
    return passByGate(gate, operation, { ...call, buckets: () => [...buckets.keys()] });
  };

  const explain = (error: unknown): S3Error => {
    if (error instanceof S3Error) return error;
    const fault = storageFault(error, store.folder);
    const { message } = fault as Error;
    if (fault instanceof StorageFault) log(`S3: ${message}`);
    return new S3Error(500, 'InternalError', message);
  };

  return (request, response) => {
    response.once('finish', () => request.resume()); // a body that nobody reads must not hold up the connection
    answer(request, response).catch((error: unknown) => refuse(response, explain(error)));
  };
};
