import type { Gate } from '../gate/gate.ts';
import { misfit } from './inputs.ts';
import { passByGate } from './passing.ts';
import { essence, jsonType, type Problem, problemFor } from './problems.ts';
import { createTraceHeaders } from './traceHeaders.ts';
import type { QueueStore } from './types.ts';

type App = ReturnType<typeof import('fauxqs')['buildApp']>;

interface Received {
  readonly Messages?: readonly { readonly ReceiptHandle: string }[];
}

const isSqs = (headers: { readonly 'content-type'?: string | undefined }) =>
  essence(headers['content-type']) === jsonType;

const problemOf = (error: unknown): Problem => {
  const { code, message, statusCode } = error as Error & { code?: unknown; statusCode?: number };
  if (code === 'ERR_SQLITE_ERROR') return { status: 500, code: 'InternalFailure', message };
  if (statusCode !== undefined && statusCode < 500) return { status: statusCode, code: 'InvalidRequest', message };
  if (error instanceof SyntaxError || error instanceof TypeError || error instanceof RangeError)
    return { status: 400, code: 'SerializationException', message: `The request cannot be read: ${message}` };
  return { status: 500, code: 'InternalFailure', message };
};

/** Judges what fauxqs does not: the types of an SQS input, and STS, which it would answer for as well. */
const judgeInputs = (app: App) =>
  app.addHook('preHandler', async ({ headers, body }, reply) => {
    const isSts = !isSqs(headers) && (body as { Action?: unknown } | undefined)?.Action === 'GetCallerIdentity';
    const why = isSqs(headers) ? misfit(body) : isSts ? 'Only SQS and SNS are here.' : undefined;
    if (why === undefined) return undefined;
    const code = isSts ? 'InvalidAction' : 'SerializationException';
    const problem = problemFor(headers['content-type'], { status: 400, code, message: why });
    return reply.code(400).headers(problem.headers).send(problem.body);
  });

/** Answers whatever fauxqs fails with in the caller's own protocol. */
const nameErrors = (app: App) =>
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error);
    const { headers, body } = problemFor(request.headers['content-type'], problem);
    return reply.code(problem.status).headers(headers).send(body);
  });

/** Has the URL of a queue begin as the request's own does: it names a host that the caller can reach. */
const nameQueuesByHost = (app: App) =>
  app.addHook('preSerialization', async ({ headers: { host } }, _reply, payload) => {
    const { QueueUrl, QueueUrls, ...others } = payload as { QueueUrl?: string; QueueUrls?: readonly string[] };
    const byHost = (url: string) => `http://${host}${new URL(url).pathname}`;
    if (QueueUrl !== undefined) return { ...others, QueueUrl: byHost(QueueUrl) };
    return QueueUrls === undefined ? payload : { ...others, QueueUrls: QueueUrls.map(byHost) };
  });

/** Gives messages back at once when whoever waited for them is gone: nobody has them, and they hold up their group. */
const giveBackUnheard = (app: App, store: QueueStore) =>
  app.addHook('preSerialization', async ({ raw, body }, _reply, payload) => {
    const { Messages = [] } = payload as Received;
    if (Messages.length === 0 || !raw.socket.destroyed) return payload;
    const queue = store.getQueue((body as { QueueUrl: string }).QueueUrl);
    for (const { ReceiptHandle } of Messages.toReversed()) queue?.changeVisibility(ReceiptHandle, 0);
    return payload;
  });

export const adaptApp = (app: App, store: QueueStore, gate: Gate) => {
  judgeInputs(app);
  passByGate(app, gate, createTraceHeaders());
  nameErrors(app);
  nameQueuesByHost(app);
  giveBackUnheard(app, store);
};
