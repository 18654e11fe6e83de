import type { Readable } from 'node:stream';
import type { ObjectRow } from './catalog.ts';
import { isUnchanged, preconditionFailed } from './conditions.ts';
import { findObject, openObject } from './download.ts';
import type { Headers } from './receive.ts';
import { invalidArgument, notImplemented } from './s3Error.ts';
import type { Range, Store } from './store.ts';
import { readPath } from './target.ts';

const prefix = 'x-amz-copy-source-if-';

/** Throws the 412 of a copy whose source is another than the client wants. */
const assertWanted = (headers: Headers, source: ObjectRow) => {
  const conditions = Object.entries(headers)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]): [string, string] => [`if-${name.slice(prefix.length)}`, value]);
  if (isUnchanged(Object.fromEntries(conditions), source)) throw preconditionFailed('x-amz-copy-source-if-none-match');
};

/** Finds what a copy is made of. `assertBucket` throws for a bucket that there is not. */
export const findSource = (store: Store, headers: Headers, assertBucket: (name: string) => void) => {
  const source = headers['x-amz-copy-source'] ?? '';
  if (source.includes('?')) throw notImplemented('versions of objects');
  const { bucket, key } = readPath(source);
  assertBucket(bucket);
  const find = () => {
    const object = findObject(store, bucket, key);
    assertWanted(headers, object);
    return object;
  };
  return { bucket, key, find };
};

const rangeIn = (headers: Headers, { size }: ObjectRow): Range | undefined => {
  const text = headers['x-amz-copy-source-range'];
  if (text === undefined) return undefined;
  const [, start = '', end = ''] = /^bytes=(\d{1,15})-(\d{1,15})$/.exec(text) ?? [];
  if (start !== '' && Number(start) <= Number(end) && Number(end) < size)
    return { start: Number(start), end: Number(end) };
  throw invalidArgument('x-amz-copy-source-range', text, `The range is not within the source's ${size} bytes.`);
};

/** The source's bytes, or the range of them that the headers name. */
export const openSource = async (store: Store, headers: Headers, find: () => ObjectRow): Promise<Readable> =>
  (await openObject(store, find, (object) => rangeIn(headers, object))).bytes;
