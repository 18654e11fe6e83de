import { createHash, createHmac } from 'node:crypto';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** A request as it came, before anything was decoded. */
export interface SignedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
}

interface Claim {
  /** Access key id, day, region, service. */
  readonly credential: readonly string[];
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly time: string;
  readonly payload: string;
}

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Percent-encoding as AWS wants it: all but the unreserved characters of RFC 3986. */
const encode = (text: string) =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
const reencoded = (text: string) => encode(decodeURIComponent(text));

const split = (url: string) => {
  const [path = '/', query = ''] = url.split('?', 2);
  const pairs = query
    .split('&')
    .filter(Boolean)
    .map((pair): [string, string] => {
      const [name = '', ...value] = pair.split('=');
      return [reencoded(name), reencoded(value.join('='))];
    });
  return { path: path.split('/').map(reencoded).join('/'), pairs };
};

const claimInQuery = (query: URLSearchParams): Claim => ({
  credential: (query.get('X-Amz-Credential') ?? '').split('/'),
  signedHeaders: (query.get('X-Amz-SignedHeaders') ?? '').split(';'),
  signature: query.get('X-Amz-Signature') ?? '',
  time: query.get('X-Amz-Date') ?? '',
  payload: query.get('X-Amz-Content-Sha256') ?? 'UNSIGNED-PAYLOAD',
});

const claimInHeader = (authorization: string, headers: Headers): Claim => {
  const part = (name: string) => new RegExp(`${name}=([^, ]+)`).exec(authorization)?.[1] ?? '';
  return {
    credential: part('Credential').split('/'),
    signedHeaders: part('SignedHeaders').split(';'),
    signature: part('Signature'),
    time: String(headers['x-amz-date'] ?? ''),
    payload: String(headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD'),
  };
};

/**
 * Whether a request was signed with the secret key (Signature Version 4, in the query or the header). s3rver's own check
 * encodes a query with quotes or asterisks otherwise than AWS does. When it ends is for s3rver to judge.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export const isSignedWith = (secretAccessKey: string, { method, url, headers }: SignedRequest): boolean => {
  const { path, pairs } = split(url);
  const query = new URL(url, 'http://s3').searchParams;
  const authorization = headers['authorization'];
  const claim = typeof authorization === 'string' ? claimInHeader(authorization, headers) : claimInQuery(query);
  const { credential, signedHeaders, signature, time, payload } = claim;
  const [, day = '', region = '', service = ''] = credential;
  const canonicalQuery = pairs
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map((pair) => pair.join('='))
    .toSorted((a, b) => (a < b ? -1 : 1));
  const canonicalHeaders = signedHeaders.map(
    (name) => `${name}:${[headers[name] ?? ''].flat().join(',').trim().replaceAll(/ +/g, ' ')}\n`,
  );
  const canonical = [
    method,
    path,
    canonicalQuery.join('&'),
    canonicalHeaders.join(''),
    signedHeaders.join(';'),
    payload,
  ];
  const scope = [day, region, service, 'aws4_request'];
  const text = ['AWS4-HMAC-SHA256', time, scope.join('/'), sha256(canonical.join('\n'))].join('\n');
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  return hmac(key, text).toString('hex') === signature;
};
