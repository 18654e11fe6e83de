import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Gate, Passage } from '../gate/gate.ts';
import type { Guard } from '../guard/guard.ts';
import { type BareAnswer, createListener } from '../http/listener.ts';
import { readBody } from '../http/readBody.ts';
import { type Answer, answerCall } from './answer.ts';
import { readParameterCall } from './awsCall.ts';
import type { Secrets } from './secrets.ts';

interface Front {
  readonly guard: Guard;
  readonly gate: Gate;
  readonly secrets: Secrets;
  readonly log: (message: string) => void;
}

const contentType = 'application/x-amz-json-1.1';

const bodyOf = (answer: Answer) =>
  JSON.stringify('code' in answer ? { __type: answer.code, message: answer.message } : answer.body);

const send = (response: ServerResponse, answer: Answer) => {
  const body = bodyOf(answer);
  response.writeHead(answer.status, { 'content-type': contentType, 'content-length': Buffer.byteLength(body) });
  response.end(body);
};

const failed = (message: string): Answer => ({ status: 500, code: 'InternalServerError', message });

/** What cannot be read as HTTP. */
const unreadable = (status: number, message: string): BareAnswer => ({
  status,
  reason: '',
  headers: { 'content-type': contentType },
  body: JSON.stringify({ __type: 'SerializationException', message }),
});

/** Does with an answer what the gate says of its call, and tells of the end: without the value. */
const finish = (response: ServerResponse, answer: Answer, { cut, end }: Passage) => {
  if ('code' in answer) end({ status: answer.status, error: answer.code, output: answer.message });
  else end({ status: answer.status, output: JSON.stringify(answer.shown) });
  if (cut === 'after' && answer.status === 200) response.destroy();
  else send(response, answer);
};

/** Parameter Store, as much of it as functions read their secrets by: every call passes the gate as all calls of AWS do. */
export const createFront = ({ guard, gate, secrets, log }: Front) => {
  const carryOut = (read: ReturnType<typeof readParameterCall>): Answer => {
    try {
      return answerCall(read, secrets);
    } catch (error) {
      log((error as Error).message); // the developer's file, changed since the start
      return failed((error as Error).message);
    }
  };

  const answer = async (request: IncomingMessage, response: ServerResponse, body: Buffer) => {
    const read = readParameterCall(request.headers, body);
    const passage = gate.enter(read.call);
    if (passage.wait > 0) await delay(passage.wait);
    if (passage.cut === 'before') {
      passage.end({ status: 0, error: 'cut' });
      response.destroy();
      return;
    }
    finish(response, passage.refusal ?? carryOut(read), passage);
  };

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const refusal = guard(request);
    if (refusal)
      return send(response, { status: refusal.status, code: 'AccessDeniedException', message: refusal.detail });
    if (request.method !== 'POST')
      return send(response, { status: 404, code: 'UnknownOperationException', message: 'Only POST / is here.' });
    const body = await readBody(request).catch(() => undefined);
    if (!body)
      return send(response, { status: 413, code: 'SerializationException', message: 'The body is too large.' });
    try {
      return await answer(request, response, body);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return send(response, { status: 400, code: 'SerializationException', message: error.message });
    }
  };

  return createListener({ handle, unreadable, log });
};
