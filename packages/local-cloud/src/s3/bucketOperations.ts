import { type Operation, sendNothing, sendXml } from './call.ts';
import { listObjects } from './listing.ts';
import { receiveXml } from './receive.ts';
import { malformedXml } from './s3Error.ts';
import { readKey } from './target.ts';
import { elementsOf, s3Document, textOf } from './xml.ts';

const mostKeys = 1000; // of one DeleteObjects

export const listBuckets: Operation = ({ response, buckets }) =>
  sendXml(
    response,
    s3Document('ListAllMyBucketsResult', {
      Owner: { ID: 'local', DisplayName: 'local' },
      Buckets: { Bucket: buckets().map((Name) => ({ Name, CreationDate: new Date(0).toISOString() })) },
    }),
  );
export const headBucket: Operation = ({ response }) => sendNothing(response, 200);
export const getBucketLocation: Operation = ({ response }) =>
  sendXml(response, s3Document('LocationConstraint', process.env['AWS_REGION'] ?? ''));
export const list: Operation = ({ response, store, target: { bucket, query } }) =>
  sendXml(response, listObjects(store.catalog, bucket, query));

export const deleteObjects: Operation = async ({ request, response, headers, store, target: { bucket } }) => {
  const xml = await receiveXml(request, headers);
  const keys = elementsOf(xml, 'Object').map((object) => textOf(object, 'Key') ?? '');
  if (keys.length === 0 || keys.length > mostKeys || keys.includes(''))
    throw malformedXml(`does not name 1 to ${mostKeys} keys`);
  for (const key of keys) readKey(key);
  for (const key of keys) store.remove(bucket, key);
  const isQuiet = textOf(xml, 'Quiet') === 'true';
  sendXml(response, s3Document('DeleteResult', isQuiet ? {} : { Deleted: keys.map((Key) => ({ Key })) }));
};
