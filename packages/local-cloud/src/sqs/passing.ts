import type { IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Gate, Passage } from '../gate/gate.ts';
import { toXRay } from '../tracing/context.ts';
import { readAwsCall } from './awsCall.ts';
import { signatureHeader } from './front.ts';
import { problemFor } from './problems.ts';
import type { TraceHeaders } from './traceHeaders.ts';

type App = ReturnType<typeof import('fauxqs')['buildApp']>;

interface Sent {
  readonly MessageId?: string;
  readonly Successful?: readonly { readonly Id: string; readonly MessageId: string }[];
}
interface SystemAttributes {
  readonly MessageSystemAttributes?: { readonly AWSTraceHeader?: { readonly StringValue?: string } };
}
interface SendInput extends SystemAttributes {
  readonly Entries?: readonly (SystemAttributes & { readonly Id: string })[];
}
interface Received {
  readonly Messages?: readonly { readonly MessageId: string; Attributes?: Record<string, string> }[];
}
interface ReceiveInput {
  readonly AttributeNames?: readonly string[];
  readonly MessageSystemAttributeNames?: readonly string[];
}

const headerIn = ({ MessageSystemAttributes }: SystemAttributes) =>
  MessageSystemAttributes?.AWSTraceHeader?.StringValue;

const wantsHeader = ({ AttributeNames = [], MessageSystemAttributeNames = [] }: ReceiveInput) =>
  [...AttributeNames, ...MessageSystemAttributeNames].some((name) => name === 'All' || name === 'AWSTraceHeader');

/** Has each message go on with the trace of the call that sent it, as SQS does: where the sender is traced. */
const carryTraces = (app: App, { passages, traceHeaders }: Carrying) =>
  app.addHook('preSerialization', async ({ raw, headers, body }, _reply, payload) => {
    const { MessageId, Successful = [] } = payload as Sent;
    const { Messages = [] } = payload as Received;
    const context = passages.get(raw)?.context;
    const own = context && headers['x-amzn-trace-id'] !== undefined ? toXRay(context) : undefined;
    const input = (body ?? {}) as SendInput;
    const keep = (messageId: string, header = own) => {
      if (header !== undefined) traceHeaders.set(messageId, header);
    };
    if (MessageId !== undefined) keep(MessageId, headerIn(input));
    for (const { Id, MessageId: id } of Successful)
      keep(id, headerIn(input.Entries?.find((entry) => entry.Id === Id) ?? {}));
    if (wantsHeader(body as ReceiveInput))
      for (const message of Messages) {
        const header = traceHeaders.get(message.MessageId);
        if (header !== undefined) message.Attributes = { ...message.Attributes, AWSTraceHeader: header };
      }
    return payload;
  });

interface Carrying {
  readonly passages: WeakMap<IncomingMessage, Passage>;
  readonly traceHeaders: TraceHeaders;
}

const errorIn = (text: string) =>
  /"__type":"(?:[^"#]*#)?([^"]+)"|<Code>([^<]+)<\/Code>/.exec(text)?.slice(1).find(Boolean);

/** Has every call pass the gate before fauxqs carries it out, and its answer be told of. */
export const passByGate = (app: App, gate: Gate, traceHeaders: TraceHeaders) => {
  const passages = new WeakMap<IncomingMessage, Passage>();

  app.addHook('preHandler', async ({ raw, headers, body }, reply) => {
    const passage = gate.enter(
      readAwsCall({ ...headers, authorization: String(headers[signatureHeader] ?? '') }, body),
    );
    passages.set(raw, passage);
    if (passage.wait > 0) await delay(passage.wait);
    if (passage.cut === 'before') {
      passage.end({ status: 0, error: 'cut' });
      passages.delete(raw);
      raw.socket.destroy();
      return reply.hijack();
    }
    if (!passage.refusal) return undefined;
    const problem = problemFor(headers['content-type'], passage.refusal);
    return reply.code(passage.refusal.status).headers(problem.headers).send(problem.body);
  });

  app.addHook('onSend', async ({ raw }, reply, payload) => {
    const passage = passages.get(raw);
    if (!passage) return payload;
    const output = typeof payload === 'string' ? payload : undefined;
    const error = reply.statusCode >= 400 ? errorIn(output ?? '') : undefined;
    const [, messageId] = /"MessageId":"([^"]+)"/.exec(output ?? '') ?? [];
    const attributes = messageId === undefined ? {} : { 'messaging.message.id': messageId };
    passage.end({ status: reply.statusCode, error, output, attributes });
    if (passage.cut === 'after' && reply.statusCode < 400) raw.socket.destroy();
    return payload;
  });

  carryTraces(app, { passages, traceHeaders });
};
