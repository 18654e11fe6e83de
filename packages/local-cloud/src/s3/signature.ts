import { createHash, createHmac } from 'node:crypto';
import { S3Error } from './s3Error.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** A request as it came, before anything was decoded. */
export interface SignedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
}
/** The secret of a key, by its id; undefined for a key that there is not. */
export type SecretOf = (accessKeyId: string) => string | undefined;

interface Claim {
  /** Access key id, day, region, service, `aws4_request`. */
  readonly credential: readonly string[];
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly time: string;
  readonly payload: string;
  /** Seconds; a signature in a header ends by the clocks' difference instead. */
  readonly expires: string | undefined;
}

const longestSkew = 15 * 60; // seconds
const longestExpiry = 7 * 24 * 3600; // seconds

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Percent-encoding as AWS wants it: all but the unreserved characters of RFC 3986. */
const encode = (text: string) =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
const reencoded = (text: string) => encode(decodeURIComponent(text));

const split = (url: string) => {
  const start = url.indexOf('?');
  const path = start === -1 ? url : url.slice(0, start);
  const pairs = (start === -1 ? '' : url.slice(start + 1))
    .split('&')
    .filter(Boolean)
    .map((pair): [string, string] => {
      const [name = '', ...value] = pair.split('=');
      return [reencoded(name), reencoded(value.join('='))];
    });
  return { path: path.split('/').map(reencoded).join('/'), pairs };
};

const claimInQuery = (query: ReadonlyMap<string, string>): Claim => ({
  credential: (query.get('X-Amz-Credential') ?? '').split('/'),
  signedHeaders: (query.get('X-Amz-SignedHeaders') ?? '').split(';'),
  signature: query.get('X-Amz-Signature') ?? '',
  time: query.get('X-Amz-Date') ?? '',
  payload: query.get('X-Amz-Content-Sha256') ?? 'UNSIGNED-PAYLOAD',
  expires: query.get('X-Amz-Expires') ?? '',
});

const claimInHeader = (authorization: string, headers: Headers): Claim => {
  const part = (name: string) => new RegExp(`${name}=([^, ]+)`).exec(authorization)?.[1] ?? '';
  return {
    credential: part('Credential').split('/'),
    signedHeaders: part('SignedHeaders').split(';'),
    signature: part('Signature'),
    time: String(headers['x-amz-date'] ?? ''),
    payload: String(headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD'),
    expires: undefined,
  };
};

const signatureFor = ({ method, url, headers }: SignedRequest, claim: Claim, secretAccessKey: string) => {
  const { path, pairs } = split(url);
  const canonicalQuery = pairs
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map((pair) => pair.join('='))
    .toSorted((a, b) => (a < b ? -1 : 1));
  const canonicalHeaders = claim.signedHeaders.map(
    (name) => `${name}:${[headers[name] ?? ''].flat().join(',').trim().replaceAll(/ +/g, ' ')}\n`,
  );
  const canonical = [
    method,
    path,
    canonicalQuery.join('&'),
    canonicalHeaders.join(''),
    claim.signedHeaders.join(';'),
    claim.payload,
  ];
  const scope = claim.credential.slice(1);
  const text = ['AWS4-HMAC-SHA256', claim.time, scope.join('/'), sha256(canonical.join('\n'))].join('\n');
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  return hmac(key, text).toString('hex');
};

/** Seconds since the epoch; NaN for what is no such time. */
const secondsOf = (time: string) =>
  Date.parse(time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z')) / 1000;

const denied = (message: string) => new S3Error(403, 'AccessDenied', message);

const assertInTime = ({ time, expires }: Claim) => {
  const signedAt = secondsOf(time);
  const now = Date.now() / 1000;
  if (Number.isNaN(signedAt)) throw denied('The request has no valid x-amz-date.');
  if (expires === undefined) {
    if (Math.abs(now - signedAt) <= longestSkew) return;
    throw new S3Error(403, 'RequestTimeTooSkewed', 'The difference between the request time and ours is too large.');
  }
  if (!/^\d{1,6}$/.test(expires) || Number(expires) > longestExpiry)
    throw new S3Error(400, 'AuthorizationQueryParametersError', 'X-Amz-Expires must be 0 to 604800 seconds.');
  if (now > signedAt + Number(expires)) throw denied('Request has expired');
};

const claimOf = (headers: Headers, query: ReadonlyMap<string, string>): Claim => {
  const { authorization } = headers;
  if (authorization === undefined && !query.has('X-Amz-Signature')) throw denied('Access Denied');
  const isOther = typeof authorization === 'string' && !authorization.startsWith('AWS4-HMAC-SHA256 ');
  if (isOther || (authorization !== undefined && query.has('X-Amz-Signature')))
    throw new S3Error(400, 'InvalidRequest', 'Sign with AWS4-HMAC-SHA256, in the Authorization header or the query.');
  return typeof authorization === 'string' ? claimInHeader(authorization, headers) : claimInQuery(query);
};

/**
 * Throws the answer to a request that was not signed with a key of ours (Signature Version 4, in the query or the
 * header), or too long ago. A signature holds for one Host; those that were made for one of `hosts` hold here too: behind
 * a forwarded port, a link comes with another Host than it was signed for.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export const assertSigned = (
  request: SignedRequest,
  query: ReadonlyMap<string, string>,
  { secretOf, hosts }: { readonly secretOf: SecretOf; readonly hosts: readonly string[] },
): void => {
  const claim = claimOf(request.headers, query);
  const secret = secretOf(claim.credential[0] ?? '');
  if (secret === undefined)
    throw new S3Error(403, 'InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.');
  const signedFor = [request.headers['host'], ...hosts];
  const isValid = signedFor.some((host) => {
    const asSigned = { ...request, headers: { ...request.headers, host } };
    return signatureFor(asSigned, claim, secret) === claim.signature;
  });
  if (!isValid)
    throw new S3Error(403, 'SignatureDoesNotMatch', 'The signature that we calculated is another than yours.');
  assertInTime(claim);
};
