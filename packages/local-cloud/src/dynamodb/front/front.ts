import { once } from 'node:events';
import {
  Agent,
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Gate, Passage } from '../../gate/gate.ts';
import { createGuard } from '../../guard/guard.ts';
import { signedAs } from '../../identity/signer.ts';
import { credentials } from '../../process/environment.ts';
import { host } from '../../process/portCheck.ts';
import type { TraceContext } from '../../tracing/context.ts';
import type { WriteInput } from '../streams/writers.ts';
import type { Address } from './address.ts';
import { createTee, outcomeOf, readAwsCall } from './awsCall.ts';
import { readBody } from './body.ts';
import { answerConnectionErrors } from './connectionErrors.ts';
import { accessDenied, refused, sendError, tooLarge, unavailable, unreadable } from './errors.ts';

export interface Front {
  readonly url: string;
  /** Where requests go from now on; until then they are answered 503, which SDKs try again. */
  readonly pointAt: (engine: Address) => void;
  readonly stop: () => Promise<void>;
}

/** What DynamoDB takes, 16 MB (BatchWriteItem), and some room for how it is written. */
const maxBodyBytes = 17 * 1024 * 1024;

const ofTheConnection = new Set(['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'upgrade', 'expect']);
const ofTheBody = new Set(['transfer-encoding', 'content-length']);

/** For the engine every caller is one: it may keep a database for each key. */
const toEngine = ({ authorization = '', ...headers }: IncomingHttpHeaders, body: Buffer): OutgoingHttpHeaders => ({
  ...Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !ofTheConnection.has(name) && !ofTheBody.has(name) && name !== 'host' && name !== 'origin',
    ),
  ),
  authorization: signedAs(authorization, credentials.accessKeyId),
  'content-length': body.length,
});

/** DynamoDB has no CORS, and the engine lets every page in. */
const toCaller = (headers: IncomingHttpHeaders): OutgoingHttpHeaders =>
  Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !ofTheConnection.has(name) && name !== 'transfer-encoding' && !name.startsWith('access-control-'),
    ),
  );

const isWrite = /^(?:Put|Update|Delete|TransactWrite|BatchWrite)/;

/** The target of a request without the host that an absolute one names. */
const pathOf = (url: string) => (url.startsWith('/') ? url : (URL.parse(url)?.pathname ?? '/'));

export interface FrontOptions {
  readonly port: number;
  readonly allowedHosts: readonly string[];
  readonly gate: Gate;
  /** Hears of each write that was carried out. */
  readonly wrote: (input: WriteInput, context: TraceContext) => void;
}

interface Passing {
  readonly body: Buffer;
  /** Undefined for what is no call. */
  readonly passage: Passage | undefined;
  readonly carriedOut: () => void;
}

/**
 * Stands between the callers of DynamoDB and an engine that answers everybody: keeps web pages out, and answers itself
 * what the engine should not see. A request is passed on when all of it has come, so that none is carried out for a
 * caller who broke off half way; answers are streamed.
 */
export const startFront = async ({ port, allowedHosts, gate, wrote }: FrontOptions): Promise<Front> => {
  const guard = createGuard(allowedHosts);
  const agent = new Agent({ keepAlive: true });
  let engine: Address | undefined;

  const pass = (request: IncomingMessage, response: ServerResponse, { body, passage, carriedOut }: Passing) => {
    if (!engine) return sendError(response, unavailable);
    const { method, url = '/', headers } = request;
    const kept = createTee();
    const passed = httpRequest({ ...engine, method, path: pathOf(url), headers: toEngine(headers, body), agent });
    const broken = () => passage?.end({ status: 503, error: 'ServiceUnavailable' });
    response.once('close', () => {
      if (!response.writableFinished) passed.destroy(); // the caller has gone
    });
    passed.once('error', () => {
      broken();
      return response.headersSent ? response.destroy() : sendError(response, unavailable);
    });
    passed.once('response', (answer) => {
      const status = answer.statusCode ?? 500;
      answer.once('error', () => response.destroy()); // cut off: the caller must not take it for the whole
      if (passage?.context) answer.on('data', kept.add);
      answer.once('end', () => passage?.end(outcomeOf(status, kept.kept())));
      if (status === 200) carriedOut();
      if (passage?.cut === 'after') return answer.resume().once('end', () => response.destroy());
      response.writeHead(status, toCaller(answer.headers));
      return answer.pipe(response);
    });
    return passed.end(body);
  };

  /** Does with a call what the gate says. */
  const passByGate = async (request: IncomingMessage, response: ServerResponse, body: Buffer) => {
    const read = readAwsCall(request.headers, body);
    const passage = read && gate.enter(read.call);
    if (passage && passage.wait > 0) await delay(passage.wait);
    if (passage?.cut === 'before') {
      passage.end({ status: 0, error: 'cut' });
      return response.destroy();
    }
    if (passage?.refusal) {
      const { status, code: error, message } = passage.refusal;
      passage.end({ status, error, output: message });
      return sendError(response, refused(passage.refusal));
    }
    const carriedOut = () => {
      if (read && passage?.context && isWrite.test(read.call.operation)) wrote(read.input, passage.context);
    };
    return pass(request, response, { body, passage, carriedOut });
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const refusal = guard(request);
    if (refusal) return sendError(response, accessDenied(refusal.status, refusal.detail));
    if (request.method === 'OPTIONS') return void response.writeHead(204, { allow: 'GET, POST' }).end();
    const body = await readBody(request, maxBodyBytes);
    if (body) await passByGate(request, response, body);
    else sendError(response, tooLarge(maxBodyBytes)); // the rest is read and dropped: one cut off while sending would not see this
  };

  const server = createServer({ requireHostHeader: false }, (request, response) => {
    response.on('error', () => {}); // the caller has gone
    response.once('finish', () => request.resume()); // a body that nobody reads must not hold up the connection
    answer(request, response).catch((error: Error) => {
      if (response.headersSent || request.destroyed) response.destroy();
      else sendError(response, unreadable(error.message));
    });
  });
  answerConnectionErrors(server);
  await once(server.listen(port, host), 'listening');
  server.on('error', () => {}); // of one connection that could not be accepted, for want of file descriptors

  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    pointAt: (address) => {
      engine = address;
    },
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      agent.destroy();
      await closed;
    },
  };
};
