import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { checksumHeaders, type Digest, sha256Digest } from './checksums.ts';
import { decodeChunks } from './chunked.ts';
import { invalidArgument, malformedXml, S3Error } from './s3Error.ts';
import type { Store, Stored } from './store.ts';

const longestXml = 2 * 1024 * 1024; // bytes: a thousand keys of 1,024 bytes

export type Headers = Readonly<Record<string, string>>;

const codes: Readonly<Record<string, string>> = { 'x-amz-content-sha256': 'XAmzContentSHA256Mismatch' };
const mismatch = (header: string) =>
  new S3Error(400, codes[header] ?? 'BadDigest', `The ${header} you specified did not match what we received.`);

interface Check {
  readonly header: string;
  readonly digest: Digest;
  /** What the digest must be; a trailing header tells it after the bytes. */
  expected: Buffer | undefined;
}

const readDigest = (header: string, value: string) => {
  const bytes = Buffer.from(value, 'base64');
  if (bytes.toString('base64') === value && bytes.length === checksumHeaders.get(header)?.length) return bytes;
  throw new S3Error(400, 'InvalidDigest', `The ${header} you specified is not valid.`, { [header]: value });
};

/** What a client says of its body in headers, and will say after it. */
const checksOf = (headers: Headers): Check[] => {
  const trailers = new Set((headers['x-amz-trailer'] ?? '').toLowerCase().split(/[\s,]+/));
  const checks = [...checksumHeaders].flatMap(([header, { create }]): Check[] => {
    const value = headers[header];
    if (value !== undefined) return [{ header, digest: create(), expected: readDigest(header, value) }];
    return trailers.has(header) ? [{ header, digest: create(), expected: undefined }] : [];
  });
  const payload = headers['x-amz-content-sha256'] ?? '';
  if (!/^[\da-f]{64}$/.test(payload)) return checks;
  return [...checks, { header: 'x-amz-content-sha256', digest: sha256Digest(), expected: Buffer.from(payload, 'hex') }];
};

const assertKnownPayload = (payload: string) => {
  if (/^(?:UNSIGNED-PAYLOAD|STREAMING-.*|[\da-f]{64}|)$/.test(payload)) return;
  throw invalidArgument('x-amz-content-sha256', payload, 'x-amz-content-sha256 is not valid.');
};

const lengthIn = (headers: Headers, name: string) => {
  const value = headers[name];
  if (value === undefined)
    throw new S3Error(411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.');
  if (!/^\d{1,15}$/.test(value)) throw invalidArgument(name, value, `${name} must be a number of bytes.`);
  return Number(value);
};

const isChunked = (headers: Headers) =>
  headers['x-amz-content-sha256']?.startsWith('STREAMING-') === true ||
  /\baws-chunked\b/.test(headers['content-encoding'] ?? '');

/** The request's own bytes; the request itself stays, as it has still to be answered. */
const payloadOf = (request: Readable, headers: Headers, checks: readonly Check[]) => {
  const source = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  if (!isChunked(headers)) return { source, length: lengthIn(headers, 'content-length') };
  const length = lengthIn(headers, 'x-amz-decoded-content-length');
  const onTrailer = (name: string, value: string) => {
    const check = checks.find(({ header, expected }) => header === name && expected === undefined);
    if (check) check.expected = readDigest(name, value);
  };
  return { source: decodeChunks(source, onTrailer), length };
};

/**
 * A request's body, with its length as declared. Throws while it is read, or at its end, if it is not what its length and
 * its checksums say.
 */
const bodyOf = (request: Readable, headers: Headers) => {
  assertKnownPayload(headers['x-amz-content-sha256'] ?? '');
  const checks = checksOf(headers);
  const { source, length } = payloadOf(request, headers, checks);
  const verified = async function* () {
    let size = 0;
    for await (const bytes of source) {
      size += bytes.length;
      if (size > length) break;
      for (const { digest } of checks) digest.update(bytes);
      yield bytes;
    }
    if (size !== length)
      throw new S3Error(400, 'IncompleteBody', 'You did not provide the number of bytes that the request specifies.');
    const wrong = checks.find(({ digest, expected }) => !expected?.equals(digest.end()));
    if (wrong) throw mismatch(wrong.header);
  };
  return { length, bytes: verified() };
};

/** Stores a request's body. Nothing is left of one that breaks off, or is not what it says. */
export const receive = async (request: Readable, headers: Headers, store: Store): Promise<Stored> =>
  store.write(bodyOf(request, headers).bytes);

/** A small body of XML. */
export const receiveXml = async (request: Readable, headers: Headers): Promise<string> => {
  const { length, bytes } = bodyOf(request, headers);
  if (length > longestXml) throw malformedXml(`is longer than ${longestXml} bytes`);
  const body = await buffer(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw malformedXml('is not valid UTF-8');
  }
};
