import { invalidArgument, S3Error } from './s3Error.ts';

/** What a request is for. No key: the bucket; no bucket: the list of buckets. */
export interface Target {
  readonly bucket: string;
  readonly key: string;
  readonly query: ReadonlyMap<string, string>;
}

const bucketName = /^[a-z\d][a-z\d.-]{1,61}[a-z\d]$/;
const longestKey = 1024; // bytes

const decode = (text: string) => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Error(400, 'InvalidURI', "Couldn't parse the specified URI.", { URI: text });
  }
};

export const readBucketName = (name: string): string => {
  if (bucketName.test(name) && !name.includes('..')) return name;
  throw new S3Error(400, 'InvalidBucketName', 'The specified bucket is not valid.', { BucketName: name });
};

/**
 * A key as it is meant, decoded: every door (path, header, XML) brings its keys here. S3 itself takes some keys with `.`
 * and `..` segments; most clients and browsers resolve these before they send them, so that here they are refused.
 */
export const readKey = (key: string): string => {
  const refuse = (why: string) => new S3Error(400, 'InvalidArgument', `This key is not allowed: ${why}.`, { Key: key });
  if (key.split(/[/\\]/).some((segment) => segment === '.' || segment === '..'))
    throw refuse('a segment of it is . or ..');
  if (key.includes('\0')) throw refuse('it holds a NUL character');
  if (!key.isWellFormed()) throw refuse('it is not well-formed Unicode');
  if (Buffer.byteLength(key) <= longestKey) return key;
  throw new S3Error(400, 'KeyTooLongError', 'Your key is too long.', { Key: key, MaxSizeAllowed: String(longestKey) });
};

const readQuery = (text: string) => {
  const query = new Map<string, string>();
  for (const pair of text.split('&').filter(Boolean)) {
    const [name = '', ...value] = pair.split('=');
    const decoded = decode(name.replaceAll('+', ' '));
    const given = decode(value.join('=').replaceAll('+', ' '));
    if (query.has(decoded)) throw invalidArgument(decoded, given, 'This parameter may be given once only.');
    query.set(decoded, given);
  }
  return query;
};

/** A bucket and a key in a path or a copy source, still encoded. */
export const readPath = (path: string): { bucket: string; key: string } => {
  const [bucket = '', ...key] = path.replace(/^\//, '').split('/');
  return { bucket: readBucketName(decode(bucket)), key: readKey(decode(key.join('/'))) };
};

/**
 * Reads a request's target as it came over the wire: nothing is resolved before it is judged. `hostBucket` is the bucket
 * that the Host field names, if it does. Throws the answer to a target that is none.
 */
export const readTarget = (url: string, hostBucket?: string): Target => {
  const start = url.indexOf('?');
  const path = start === -1 ? url : url.slice(0, start);
  const query = readQuery(start === -1 ? '' : url.slice(start + 1));
  if (!path.startsWith('/')) throw new S3Error(400, 'InvalidURI', "Couldn't parse the specified URI.", { URI: path });
  if (hostBucket !== undefined) return { ...readPath(`/${hostBucket}${path}`), query };
  return path === '/' ? { bucket: '', key: '', query } : { ...readPath(path), query };
};
