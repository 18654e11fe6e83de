import { type Call, type Operation, putStored, sendNothing, sendXml } from './call.ts';
import { findSource, openSource } from './copySource.ts';
import { abortUpload, beginUpload, completeUpload, putPart } from './multipart.ts';
import { receive, receiveXml } from './receive.ts';
import { s3Document } from './xml.ts';

const uploadOf = ({ target: { bucket, key, query } }: Call) => ({ bucket, key, id: query.get('uploadId') ?? '' });

export const createMultipartUpload: Operation = ({ response, store, target: { bucket, key }, headers }) => {
  const UploadId = beginUpload(store, bucket, key, headers);
  sendXml(response, s3Document('InitiateMultipartUploadResult', { Bucket: bucket, Key: key, UploadId }));
};

export const uploadPart: Operation = async (call) => {
  const { request, response, headers, store, target } = call;
  const number = target.query.get('partNumber') ?? '';
  const { etag } = await putPart(store, uploadOf(call), { number, receive: () => receive(request, headers, store) });
  sendNothing(response, 200, { etag: `"${etag}"` });
};

export const uploadPartCopy: Operation = async (call) => {
  const { response, headers, store, target, assertBucket } = call;
  const { find } = findSource(store, headers, assertBucket);
  const number = target.query.get('partNumber') ?? '';
  const receiveCopy = async () => store.write(await openSource(store, headers, find));
  const { etag } = await putPart(store, uploadOf(call), { number, receive: receiveCopy });
  const result = { LastModified: new Date().toISOString(), ETag: `"${etag}"` };
  sendXml(response, s3Document('CopyPartResult', result));
};

export const completeMultipartUpload: Operation = async (call) => {
  const { request, response, headers, store, target } = call;
  const { bucket: Bucket, key: Key } = target;
  const {
    stored,
    headers: kept,
    finish,
  } = await completeUpload(store, uploadOf(call), await receiveXml(request, headers));
  const { etag } = putStored(call, stored, { how: 'CompleteMultipartUpload', kept });
  finish();
  const result = { Location: `/${Bucket}/${Key}`, Bucket, Key, ETag: `"${etag}"` };
  sendXml(response, s3Document('CompleteMultipartUploadResult', result));
};

export const abortMultipartUpload: Operation = (call) => {
  abortUpload(call.store, uploadOf(call));
  sendNothing(call.response, 204);
};
