import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { ObjectRow } from './catalog.ts';
import { isUnchanged } from './conditions.ts';
import { overrides } from './objectHeaders.ts';
import type { Headers } from './receive.ts';
import { S3Error } from './s3Error.ts';
import type { Range, Store } from './store.ts';

interface Wanted {
  readonly bucket: string;
  readonly key: string;
  readonly query: ReadonlyMap<string, string>;
  readonly headers: Headers;
  readonly withBody: boolean;
}

/** The bytes that one range asks for. Anything but one range of bytes is passed over, as on S3. */
export const readRange = (text: string | undefined, size: number): Range | undefined => {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(text ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (from !== '' && to !== '' && Number(to) < start) return undefined;
  if (start <= end) return { start, end };
  throw new S3Error(416, 'InvalidRange', 'The requested range is not satisfiable', {
    RangeRequested: text,
    ActualObjectSize: String(size),
  });
};

export const findObject = (store: Store, bucket: string, key: string): ObjectRow => {
  const object = store.catalog.find(bucket, key);
  if (object) return object;
  throw new S3Error(404, 'NoSuchKey', 'The specified key does not exist.', { Key: key });
};

/** An object and its open bytes. One that is written over just then is looked for again. */
export const openObject = async (
  store: Store,
  find: () => ObjectRow,
  range: (object: ObjectRow) => Range | undefined,
) => {
  for (let attempt = 1; ; attempt += 1) {
    const object = find();
    try {
      return { object, bytes: await store.read(object.file, range(object)) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || attempt === 3) throw error;
    }
  }
};

const validatorsOf = ({ etag, modified }: ObjectRow) => ({
  etag: `"${etag}"`,
  'last-modified': new Date(modified).toUTCString(),
});

/** GetObject and HeadObject. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
export const sendObject = async (store: Store, response: ServerResponse, wanted: Wanted): Promise<void> => {
  const { bucket, key, query, headers, withBody } = wanted;
  const rangeOf = ({ size }: ObjectRow) => readRange(headers['range'], size);
  const answer = (object: ObjectRow) => {
    const range = rangeOf(object);
    return response.writeHead(range ? 206 : 200, {
      ...(JSON.parse(object.headers) as Record<string, string>),
      ...overrides(query),
      ...validatorsOf(object),
      'accept-ranges': 'bytes',
      'content-length': range ? range.end - range.start + 1 : object.size,
      ...(range && { 'content-range': `bytes ${range.start}-${range.end}/${object.size}` }),
    });
  };
  const current = findObject(store, bucket, key);
  if (isUnchanged(headers, current)) return void response.writeHead(304, validatorsOf(current)).end();
  if (!withBody) return void answer(current).end();
  const { object, bytes } = await openObject(store, () => findObject(store, bucket, key), rangeOf);
  try {
    answer(object);
  } catch (error) {
    bytes.destroy();
    throw error;
  }
  await pipeline(bytes, response);
};
