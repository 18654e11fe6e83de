import { type Operation, putStored, sendNothing, sendXml } from './call.ts';
import { assertMayChange } from './conditions.ts';
import { findSource } from './copySource.ts';
import { sendObject } from './download.ts';
import { objectHeaders } from './objectHeaders.ts';
import { receive } from './receive.ts';
import { S3Error } from './s3Error.ts';
import { s3Document } from './xml.ts';

export const getObject: Operation = ({ response, store, target, headers }) =>
  sendObject(store, response, { ...target, headers, withBody: true });
export const headObject: Operation = ({ response, store, target, headers }) =>
  sendObject(store, response, { ...target, headers, withBody: false });

export const putObject: Operation = async (call) => {
  const { request, response, headers, store } = call;
  const kept = objectHeaders(headers);
  const { etag } = putStored(call, await receive(request, headers, store), { how: 'Put', kept });
  sendNothing(response, 200, { etag: `"${etag}"` });
};

export const copyObject: Operation = async (call) => {
  const { target, response, headers, store, assertBucket } = call;
  const { bucket, key, find } = findSource(store, headers, assertBucket);
  const source = find();
  const isReplaced = headers['x-amz-metadata-directive']?.toUpperCase() === 'REPLACE';
  if (!isReplaced && bucket === target.bucket && key === target.key)
    throw new S3Error(400, 'InvalidRequest', 'An object is copied to itself only with other metadata.');
  const kept = isReplaced ? objectHeaders(headers) : (JSON.parse(source.headers) as Record<string, string>);
  const stored = { file: await store.copy(source.file), size: source.size, etag: source.etag };
  const { etag, modified } = putStored(call, stored, { how: 'Copy', kept });
  const result = { LastModified: new Date(modified).toISOString(), ETag: `"${etag}"` };
  sendXml(response, s3Document('CopyObjectResult', result));
};

export const deleteObject: Operation = ({ response, store, target: { bucket, key }, headers }) => {
  const current = store.catalog.find(bucket, key);
  if (current) assertMayChange(headers, current);
  store.remove(bucket, key);
  sendNothing(response, 204);
};
