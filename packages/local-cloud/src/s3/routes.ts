import * as bucket from './bucketOperations.ts';
import type { Operation } from './call.ts';
import * as multipart from './multipartOperations.ts';
import * as object from './objectOperations.ts';
import type { Headers } from './receive.ts';
import { notImplemented, S3Error } from './s3Error.ts';
import type { Target } from './target.ts';

interface Route {
  readonly method: string;
  readonly of: 'service' | 'bucket' | 'object';
  /** Parameters that the query must have; `optional` are those that it may have. */
  readonly required?: readonly string[];
  readonly optional?: readonly string[];
  /** Whether it takes the header `x-amz-copy-source`. */
  readonly isCopy?: boolean;
  readonly operation: Operation;
}

const listing = ['list-type', 'prefix', 'delimiter', 'max-keys', 'encoding-type', 'fetch-owner'];
const positions = ['marker', 'start-after', 'continuation-token'];
const part = ['partNumber', 'uploadId'];

/** What the services, the AWS CLI and SDKs need of S3. Everything else is refused: what is not there needs no defence. */
const routes: readonly Route[] = [
  { method: 'GET', of: 'service', operation: bucket.listBuckets },
  { method: 'HEAD', of: 'bucket', operation: bucket.headBucket },
  { method: 'GET', of: 'bucket', required: ['location'], operation: bucket.getBucketLocation },
  { method: 'POST', of: 'bucket', required: ['delete'], operation: bucket.deleteObjects },
  { method: 'GET', of: 'bucket', optional: [...listing, ...positions], operation: bucket.list },
  { method: 'POST', of: 'object', required: ['uploads'], operation: multipart.createMultipartUpload },
  { method: 'PUT', of: 'object', required: part, isCopy: true, operation: multipart.uploadPartCopy },
  { method: 'PUT', of: 'object', required: part, operation: multipart.uploadPart },
  { method: 'POST', of: 'object', required: ['uploadId'], operation: multipart.completeMultipartUpload },
  { method: 'DELETE', of: 'object', required: ['uploadId'], operation: multipart.abortMultipartUpload },
  { method: 'PUT', of: 'object', isCopy: true, operation: object.copyObject },
  { method: 'PUT', of: 'object', operation: object.putObject },
  { method: 'GET', of: 'object', operation: object.getObject },
  { method: 'HEAD', of: 'object', operation: object.headObject },
  { method: 'DELETE', of: 'object', operation: object.deleteObject },
];

/** Parameters of every operation: signatures, headers in the query, the SDKs' `x-id`, overrides of a download's headers. */
const isGeneral = (parameter: string) => /^(?:x-|response-)/i.test(parameter);

const levelOf = ({ bucket: name, key }: Target) => {
  if (name === '') return 'service';
  return key === '' ? 'bucket' : 'object';
};

/** The operation that a request asks for. Throws the answer to one that there is not. */
export const operationOf = (method: string, target: Target, headers: Headers): Operation => {
  const level = levelOf(target);
  const given = [...target.query.keys()].filter((parameter) => !isGeneral(parameter));
  const isCopy = headers['x-amz-copy-source'] !== undefined;
  const ofMethod = routes.filter((each) => each.method === method && each.of === level);
  const found = ofMethod.find(
    ({ required = [], optional = [], isCopy: copies = false }) =>
      copies === isCopy &&
      required.every((parameter) => given.includes(parameter)) &&
      given.every((parameter) => required.includes(parameter) || optional.includes(parameter)),
  );
  if (found) return found.operation;
  if (routes.every((each) => each.method !== method))
    throw new S3Error(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.');
  const parameters = given.length > 0 ? ` with ${given.join(', ')}` : '';
  throw notImplemented(`${method} on ${level === 'service' ? 'the service' : `a ${level}`}${parameters}`);
};
