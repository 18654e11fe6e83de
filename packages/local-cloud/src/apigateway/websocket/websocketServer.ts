import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AllowsOrigin, Guard } from '../../guard/guard.ts';
import { createListener, endWith, type Upgrade } from '../../http/listener.ts';
import { readBody } from '../../http/readBody.ts';
import { badRequest, noRoute, refuseAsAws, refusedByGuard, sendWhole, unreadableAsAws } from '../../http/refusals.ts';
import { decodeLeniently, readTarget } from '../../http/target.ts';
import { publishCall } from '../../rights/calls.ts';
import { connectionNeeds } from '../../rights/needs.ts';
import type { WebsocketApi } from './websocketApi.ts';

interface WebsocketServerOptions {
  readonly guard: Guard;
  /** The origins whose pages may connect. */
  readonly allows: AllowsOrigin;
  readonly log: (message: string) => void;
}

/** Has an API take offers to speak WebSocket, whatever their path, from whom the guard lets in. */
export const createUpgrade =
  (api: WebsocketApi, { guard, allows, log }: WebsocketServerOptions): Upgrade =>
  (request, socket, head) => {
    const target = readTarget(request);
    const refusal = guard(request, allows);
    if (refusal || !target) return endWith(socket, unreadableAsAws(refusal?.status ?? 400));
    api.upgrade(request, socket, { head, target }).catch((error: Error) => {
      log(`A WebSocket could not be opened: ${error.stack}`);
      socket.destroy();
    });
  };

const largestPost = 128 * 1024; // bytes
const managed = /(?:^|\/)@connections\/([^/]+)$/;

const sendAwsError = (response: ServerResponse, status: number, type: string, message: string) =>
  sendWhole(
    response,
    status,
    { 'content-type': 'application/json', 'x-amzn-errortype': type },
    JSON.stringify({ message, connectionId: '' }),
  );

const gone = (response: ServerResponse) => sendAwsError(response, 410, 'GoneException', 'The connection is gone.');

/** The management API: functions post to connections here. https://docs.aws.amazon.com/apigatewaymanagementapi/latest/api */
const manage = async (
  api: WebsocketApi,
  { request, response, connectionId }: { request: IncomingMessage; response: ServerResponse; connectionId: string },
) => {
  const found = api.find(connectionId);
  publishCall(request.headers, () => connectionNeeds(request.method ?? '', api.stage, connectionId));
  if (request.method === 'POST') {
    const body = await readBody(request).catch(() => undefined);
    if (!body || body.length > largestPost)
      return sendAwsError(response, 413, 'PayloadTooLargeException', 'The data is larger than 128 KB.');
    const posted = api.post(connectionId, body);
    if (posted === 'gone') return gone(response);
    if (posted === 'full') return sendAwsError(response, 429, 'LimitExceededException', 'The client does not read.');
    return sendWhole(response, 200, {}, '');
  }
  if (!found) return gone(response);
  if (request.method === 'DELETE') {
    api.disconnect(connectionId);
    return sendWhole(response, 204, {}, '');
  }
  const { connectedAt, request: handshake } = found;
  const identity = { sourceIp: handshake.socket.remoteAddress ?? '', userAgent: handshake.headers['user-agent'] ?? '' };
  const times = { connectedAt: new Date(connectedAt).toISOString(), lastActiveAt: new Date().toISOString() };
  return sendWhole(response, 200, { 'content-type': 'application/json' }, JSON.stringify({ ...times, identity }));
};

/** A service's WebSocket port: connections, and the management API for whoever posts to them. */
export const createWebsocketServer = (api: WebsocketApi, options: WebsocketServerOptions) =>
  createListener({
    log: options.log,
    unreadable: unreadableAsAws,
    upgrade: createUpgrade(api, options),
    handle: (request, response) => {
      const target = readTarget(request);
      const refusal = options.guard(request);
      if (refusal) return refuseAsAws(response, refusedByGuard(refusal));
      if (!target) return refuseAsAws(response, badRequest('The target of the request cannot be read.'));
      const connectionId = managed.exec(target.path)?.[1];
      const { method = 'GET' } = request;
      if (connectionId === undefined || !['DELETE', 'GET', 'POST'].includes(method))
        return refuseAsAws(response, noRoute(method, target.path));
      return manage(api, { request, response, connectionId: decodeLeniently(connectionId) });
    },
  });
