import type { Catalog, ObjectRow } from './catalog.ts';
import { invalidArgument } from './s3Error.ts';
import { s3Document } from './xml.ts';

type Query = ReadonlyMap<string, string>;

const most = 1000;
/** Comes after every character that a key can go on with. */
const afterAll = '\u{10FFFF}';

interface Page {
  readonly objects: ObjectRow[];
  readonly prefixes: string[];
  /** The key or prefix that the page ends with, if more come after it. */
  readonly last: string | undefined;
}
interface Wanted {
  readonly prefix: string;
  readonly delimiter: string;
  readonly after: string;
  readonly count: number;
}

const commonPrefix = (key: string, { prefix, delimiter }: Wanted) => {
  const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
  return end === -1 ? undefined : key.slice(0, end + delimiter.length);
};

/** One page of a bucket, in the order of the keys; keys that share a prefix up to the delimiter count as one. */
const pageOf = (catalog: Catalog, bucket: string, wanted: Wanted): Page => {
  const { prefix, after, count } = wanted;
  const page = { objects: [] as ObjectRow[], prefixes: [] as string[] };
  const startsInside = commonPrefix(after, wanted) === after && after.startsWith(prefix);
  let last = '';
  let from = startsInside ? after + afterAll : after;
  let orEqual = false;
  if (Buffer.compare(Buffer.from(from), Buffer.from(prefix)) < 0) [from, orEqual] = [prefix, true];
  for (;;) {
    const row = catalog.next(bucket, from, { orEqual });
    if (!row?.key.startsWith(prefix)) return { ...page, last: undefined };
    if (page.objects.length + page.prefixes.length === count) return { ...page, last };
    const common = commonPrefix(row.key, wanted);
    if (common === undefined) page.objects.push(row);
    else page.prefixes.push(common);
    last = common ?? row.key;
    from = common === undefined ? row.key : common + afterAll;
    orEqual = false;
  }
};

const countOf = (query: Query) => {
  const given = query.get('max-keys') || String(most);
  if (!/^\d{1,10}$/.test(given)) throw invalidArgument('max-keys', given, 'max-keys must be a whole number.');
  return Math.min(Number(given), most);
};

const token = {
  write: (key: string | undefined) => key && Buffer.from(key).toString('base64url'),
  read: (text: string) => Buffer.from(text, 'base64url').toString(),
};

/** ListObjects and ListObjectsV2. https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export const listObjects = (catalog: Catalog, bucket: string, query: Query): string => {
  const isSecond = query.get('list-type') === '2';
  const continued = query.get('continuation-token');
  const [prefix, delimiter] = [query.get('prefix') ?? '', query.get('delimiter') ?? ''];
  const start = query.get(isSecond ? 'start-after' : 'marker') ?? '';
  const after = isSecond && continued !== undefined ? token.read(continued) : start;
  const count = countOf(query);
  const { objects, prefixes, last } =
    count === 0
      ? { objects: [], prefixes: [], last: undefined }
      : pageOf(catalog, bucket, { prefix, delimiter, after, count });
  const isEncoded = query.get('encoding-type') === 'url';
  const written = (key: string) => (isEncoded ? encodeURIComponent(key).replaceAll('%2F', '/') : key);
  const position = isSecond
    ? {
        StartAfter: query.get('start-after'),
        ContinuationToken: continued,
        NextContinuationToken: token.write(last),
        KeyCount: objects.length + prefixes.length,
      }
    : { Marker: written(start), NextMarker: delimiter && last !== undefined ? written(last) : undefined };
  return s3Document('ListBucketResult', {
    Name: bucket,
    Prefix: written(prefix),
    Delimiter: delimiter ? written(delimiter) : undefined,
    MaxKeys: count,
    EncodingType: isEncoded ? 'url' : undefined,
    IsTruncated: last !== undefined,
    ...position,
    Contents: objects.map(({ key, size, etag, modified }) => ({
      Key: written(key),
      LastModified: new Date(modified).toISOString(),
      ETag: `"${etag}"`,
      Size: size,
      StorageClass: 'STANDARD',
    })),
    CommonPrefixes: prefixes.map((each) => ({ Prefix: written(each) })),
  });
};
