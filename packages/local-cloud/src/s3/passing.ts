import { AsyncLocalStorage } from 'node:async_hooks';
import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { arnsIn } from '../calls/arns.ts';
import type { AwsCall } from '../calls/call.ts';
import { s3Needs } from '../calls/needs.ts';
import type { Gate } from '../gate/gate.ts';
import { decodeLeniently } from '../http/target.ts';
import type { TraceContext } from '../tracing/context.ts';
import type { Call, Operation } from './call.ts';
import { S3Error } from './s3Error.ts';

const current = new AsyncLocalStorage<TraceContext | undefined>();

/** The call that is being carried out: what it creates is its doing. */
export const currentCall = (): TraceContext | undefined => current.getStore();

const operationName = ({ name }: Operation, { query }: Call['target']) => {
  if (name === 'list') return query.has('list-type') ? 'ListObjectsV2' : 'ListObjects';
  return name.charAt(0).toUpperCase() + name.slice(1);
};

const sourceOf = ({ headers }: Call) => {
  const source = headers['x-amz-copy-source'];
  return source === undefined ? undefined : decodeLeniently(source.replace(/^\//, ''));
};

const readAwsCall = (operation: Operation, call: Call): AwsCall => {
  const { target, request } = call;
  const { bucket, key } = target;
  const name = operationName(operation, target);
  return {
    service: 'S3',
    operation: name,
    needs: s3Needs(arnsIn(''), name, { bucket, key, source: sourceOf(call) }),
    headers: request.headers,
    url: request.url,
    resources: key === '' ? [bucket] : [bucket, key],
  };
};

/** Has a response end with its first byte: what was asked is done, and nobody hears of it. */
const withhold = (response: ServerResponse) => {
  response.writeHead = () => response.destroy();
};

const isMissing = (error: unknown) => error instanceof S3Error && error.code === 'NoSuchKey';

/** Carries an operation out, if the gate lets it pass. Throws the answer to one that it does not. */
export const passByGate = async (gate: Gate, operation: Operation, call: Call): Promise<void> => {
  const { request, response, target } = call;
  const passage = gate.enter(readAwsCall(operation, call));
  let code: string | undefined;
  response.once('close', () => {
    const lengths = { 'http.response.body.size': Number(response.getHeader('content-length') ?? 0) };
    passage.end({ status: passage.cut ? 0 : response.statusCode, error: passage.cut ?? code, attributes: lengths });
  });
  try {
    if (passage.wait > 0) await delay(passage.wait);
    if (passage.refusal) throw new S3Error(passage.refusal.status, passage.refusal.code, passage.refusal.message);
    if (passage.cut === 'before') return void request.socket.destroy();
    if (passage.cut === 'after') withhold(response);
    return await current.run(passage.context, async () => operation(call));
  } catch (error) {
    const isSecret =
      isMissing(error) && !passage.allows({ action: 's3:ListBucket', arn: arnsIn('').object(target.bucket) });
    const told = isSecret ? new S3Error(403, 'AccessDenied', 'Access Denied') : error;
    code = told instanceof S3Error ? told.code : 'InternalError';
    throw told;
  }
};
