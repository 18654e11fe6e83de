import { createHash, createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { credentials } from '../../../src/process/environment.ts';
import { type S3, type S3Options, startS3 } from '../../../src/s3/engine.ts';

export const Bucket = 'photos-dev-000000000000';
export const region = 'eu-west-1';
export const corsRules = [
  {
    AllowedOrigins: ['http://app.example'],
    AllowedMethods: ['PUT', 'GET', 'HEAD'],
    AllowedHeaders: ['*'],
    ExposedHeaders: ['ETag'],
  },
];

/** The local S3 with one bucket, in a folder of its own: `<root>/data/s3`. */
export const startTestS3 = async (options: Partial<S3Options> = {}) => {
  const root = await mkdtemp(join(tmpdir(), 's3-'));
  const said: string[] = [];
  const folder = join(root, 'data/s3');
  const log = (message: string) => void said.push(message);
  const s3: S3 = await startS3({ port: 0, folder, log, ...options });
  await s3.addBucket({ name: Bucket, corsRules });
  const { port, host } = new URL(s3.endpoint);
  const client = new S3Client({ endpoint: s3.endpoint, region, maxAttempts: 1 });
  const stop = async () => {
    client.destroy();
    await s3.stop();
    await rm(root, { recursive: true, force: true });
  };
  return { s3, root, folder, said, client, port: Number(port), host, stop };
};
export type TestS3 = Awaited<ReturnType<typeof startTestS3>>;

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const encode = (text: string) =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
/** What cannot be decoded is refused before any signature is looked at. */
const reencoded = (text: string) => {
  try {
    return encode(decodeURIComponent(text));
  } catch {
    return text;
  }
};

export interface RawRequest {
  readonly method: string;
  /** As it goes over the wire: nothing is resolved or encoded. */
  readonly path: string;
  readonly host: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** Header fields that sign a request of any path, by Signature Version 4. */
export const signed = ({ method, path, host, headers = {} }: RawRequest): Record<string, string> => {
  const time = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const all: Record<string, string> = {
    host,
    'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
    'x-amz-date': time,
    ...headers,
  };
  const names = Object.keys(all).toSorted();
  const [bare = '', query = ''] = path.split('?', 2);
  const pairs = query
    .split('&')
    .filter(Boolean)
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return `${reencoded(name)}=${reencoded(value.join('='))}`;
    });
  const canonical = [
    method,
    bare.split('/').map(reencoded).join('/'),
    pairs.toSorted().join('&'),
    ...names.map((name) => `${name}:${all[name]?.trim().replaceAll(/ +/g, ' ')}`),
    '',
    names.join(';'),
    all['x-amz-content-sha256'],
  ].join('\n');
  const scope = [time.slice(0, 8), region, 's3', 'aws4_request'];
  const text = ['AWS4-HMAC-SHA256', time, scope.join('/'), createHash('sha256').update(canonical).digest('hex')];
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${credentials.secretAccessKey}`);
  const authorization = `AWS4-HMAC-SHA256 Credential=${[credentials.accessKeyId, ...scope].join('/')}, SignedHeaders=${names.join(';')}, Signature=${hmac(key, text.join('\n')).toString('hex')}`;
  return { ...all, authorization };
};

const longestAnswer = 5000; // milliseconds

/** Sends bytes to a port, and resolves to all that comes back until the other side closes: '' for nothing. */
export const sendBytes = (port: number, bytes: string | Buffer, { end = false } = {}): Promise<string> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => (end ? socket.end(bytes) : socket.write(bytes)));
    const limit = setTimeout(() => {
      socket.destroy();
      reject(new Error(`No end to the answer of ${bytes.toString('latin1').slice(0, 200)}`));
    }, longestAnswer);
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(limit);
      resolve(Buffer.concat(chunks).toString());
    });
  });

export const bytesOf = ({ method, path, headers = {}, body = '' }: Omit<RawRequest, 'host'>) => {
  const fields = { ...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close' };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  return Buffer.concat([
    Buffer.from([`${method} ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n'), 'latin1'),
    Buffer.from(body),
  ]);
};

/** A signed request as it is, over a socket: no client resolves its path first. */
export const sendSigned = async ({ port, host }: Pick<TestS3, 'port' | 'host'>, request: Omit<RawRequest, 'host'>) => {
  const answer = await sendBytes(port, bytesOf({ ...request, headers: signed({ ...request, host }) }));
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);
  return { status, answer, body: answer.slice(answer.indexOf('\r\n\r\n') + 4) };
};
