import { createHash, randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { PartRow } from './catalog.ts';
import { objectHeaders } from './objectHeaders.ts';
import type { Headers } from './receive.ts';
import { invalidArgument, malformedXml, S3Error } from './s3Error.ts';
import type { Store, Stored } from './store.ts';
import { elementsOf, textOf } from './xml.ts';

interface Upload {
  readonly bucket: string;
  readonly key: string;
  readonly id: string;
}

const smallestPart = 5 * 1024 * 1024; // bytes, but for the last
const mostParts = 10_000;

const assertUpload = ({ catalog }: Store, { id, bucket, key }: Upload) => {
  const upload = catalog.upload(id, bucket, key);
  if (upload) return upload;
  throw new S3Error(404, 'NoSuchUpload', 'The specified upload does not exist.', { UploadId: id });
};

export const beginUpload = ({ catalog }: Store, bucket: string, key: string, headers: Headers): string => {
  const id = randomUUID();
  catalog.beginUpload(id, bucket, key, JSON.stringify(objectHeaders(headers)));
  return id;
};

/** Stores a part, in place of one with its number. `receive` stores its bytes. */
export const putPart = async (
  store: Store,
  upload: Upload,
  { number: text, receive }: { readonly number: string; readonly receive: () => Promise<Stored> },
): Promise<Stored> => {
  const number = Number(/^\d{1,5}$/.exec(text)?.[0]);
  if (!(number >= 1 && number <= mostParts))
    throw invalidArgument('partNumber', text, `Part number must be an integer between 1 and ${mostParts}.`);
  assertUpload(store, upload);
  const stored = await receive();
  const before = store.catalog.parts(upload.id).find((part) => part.number === number);
  try {
    assertUpload(store, upload); // it may have ended meanwhile
    store.catalog.putPart(upload.id, { number, ...stored });
  } catch (error) {
    await store.discard(stored.file);
    throw error;
  }
  if (before) await store.discard(before.file);
  return stored;
};

export const abortUpload = (store: Store, upload: Upload): void => {
  assertUpload(store, upload);
  const parts = store.catalog.parts(upload.id);
  store.catalog.endUpload(upload.id);
  for (const { file } of parts) void store.discard(file);
};

const listedParts = (xml: string) =>
  elementsOf(xml, 'Part').map((part) => ({
    number: Number(textOf(part, 'PartNumber')),
    etag: (textOf(part, 'ETag') ?? '').replaceAll('"', ''),
  }));

/** The parts that the client lists, which must be those that there are. */
const partsOf = (present: readonly PartRow[], xml: string): PartRow[] => {
  const listed = listedParts(xml);
  if (listed.length === 0) throw malformedXml('lists no parts');
  if (listed.some(({ number }, index) => !(number > (listed[index - 1]?.number ?? 0))))
    throw new S3Error(400, 'InvalidPartOrder', 'The list of parts was not in ascending order.');
  return listed.map(({ number, etag }, index) => {
    const part = present.find((each) => each.number === number && each.etag === etag);
    if (!part)
      throw new S3Error(400, 'InvalidPart', 'One or more of the specified parts could not be found.', {
        PartNumber: String(number),
      });
    if (index < listed.length - 1 && part.size < smallestPart)
      throw new S3Error(400, 'EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
    return part;
  });
};

/** As S3 makes it: the MD5 of the parts' own, and how many they are. */
const etagOf = (parts: readonly PartRow[]) => {
  const hash = createHash('md5');
  for (const { etag } of parts) hash.update(Buffer.from(etag, 'hex'));
  return `${hash.digest('hex')}-${parts.length}`;
};

/** Puts the listed parts together. Resolves to what they make; the upload is over when `finish` has been called. */
export const completeUpload = async (store: Store, upload: Upload, xml: string) => {
  const { headers } = assertUpload(store, upload);
  const present = store.catalog.parts(upload.id);
  const parts = partsOf(present, xml);
  const joined = async function* () {
    for (const { file } of parts) yield* (await store.read(file)) as Readable & AsyncIterable<Buffer>;
  };
  return {
    stored: { ...(await store.write(joined())), etag: etagOf(parts) },
    headers: JSON.parse(headers) as Record<string, string>,
    finish: () => {
      store.catalog.endUpload(upload.id);
      for (const { file } of present) void store.discard(file);
    },
  };
};
