import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { arnsIn } from '../../calls/arns.ts';
import type { AwsCall, CallRefusal } from '../../calls/call.ts';
import { connectionNeeds } from '../../calls/needs.ts';
import type { Gate } from '../../gate/gate.ts';
import { readBody } from '../../http/readBody.ts';
import { sendWhole } from '../../http/refusals.ts';
import { signerOf } from '../../identity/signer.ts';
import type { WebsocketApi } from './websocketApi.ts';

const largestPost = 128 * 1024; // bytes
const operations: Readonly<Record<string, string>> = {
  DELETE: 'DeleteConnection',
  GET: 'GetConnection',
  POST: 'PostToConnection',
};

/** What is answered, and how it counts. */
interface Answer {
  readonly status: number;
  readonly error?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const failure = (status: number, error: string, message: string): Answer => ({
  status,
  error,
  headers: { 'content-type': 'application/json', 'x-amzn-errortype': error },
  body: JSON.stringify({ message, connectionId: '' }),
});

/** As IAM's refusals are worded by API Gateway: with a capital letter. */
const refused = ({ status, code, message }: CallRefusal): Answer => ({
  ...failure(status, code, message),
  body: JSON.stringify({ Message: message }),
});

const gone = failure(410, 'GoneException', 'The connection is gone.');

interface Managed {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly connectionId: string;
}

const post = (api: WebsocketApi, connectionId: string, body: Buffer | undefined): Answer => {
  if (!body || body.length > largestPost)
    return failure(413, 'PayloadTooLargeException', 'The data is larger than 128 KB.');
  const posted = api.post(connectionId, body);
  if (posted === 'gone') return gone;
  return posted === 'full' ? failure(429, 'LimitExceededException', 'The client does not read.') : { status: 200 };
};

const carryOut = (api: WebsocketApi, method: string, connectionId: string, body: Buffer | undefined): Answer => {
  if (method === 'POST') return post(api, connectionId, body);
  const found = api.find(connectionId);
  if (!found) return gone;
  if (method === 'DELETE') {
    api.disconnect(connectionId);
    return { status: 204 };
  }
  const { connectedAt, request: handshake } = found;
  const identity = { sourceIp: handshake.socket.remoteAddress ?? '', userAgent: handshake.headers['user-agent'] ?? '' };
  const times = { connectedAt: new Date(connectedAt).toISOString(), lastActiveAt: new Date().toISOString() };
  const headers = { 'content-type': 'application/json' };
  return { status: 200, headers, body: JSON.stringify({ ...times, identity }) };
};

/** The management API: functions post to connections here. https://docs.aws.amazon.com/apigatewaymanagementapi/latest/api */
export const manage = async (
  api: WebsocketApi,
  gate: Gate,
  { request, response, connectionId }: Managed,
): Promise<void> => {
  const { method = '', headers } = request;
  const body = method === 'POST' ? await readBody(request).catch(() => undefined) : undefined;
  const arns = arnsIn(signerOf(headers)?.region ?? '');
  const call: AwsCall = {
    service: 'ApiGatewayManagementApi',
    operation: operations[method] ?? method,
    needs: connectionNeeds(arns, { method, stage: api.stage, connectionId }),
    headers,
    resources: [connectionId],
    input: body?.toString(),
  };
  const passage = gate.enter(call);
  if (passage.wait > 0) await delay(passage.wait);
  if (passage.cut === 'before') {
    passage.end({ status: 0, error: 'cut' });
    response.destroy();
    return;
  }
  const answer = passage.refusal ? refused(passage.refusal) : carryOut(api, method, connectionId, body);
  passage.end({ status: answer.status, error: answer.error, output: answer.body });
  if (passage.cut === 'after') response.destroy();
  else sendWhole(response, answer.status, answer.headers ?? {}, answer.body ?? '');
};
