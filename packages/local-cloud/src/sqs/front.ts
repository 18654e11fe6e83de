import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { Guard } from '../guard/guard.ts';
import { answerProblem, essence, formType, jsonType, type Problem } from './problems.ts';

/** Longer than clients keep a connection that is idle: one that we close while it is taken up again is a lost request. */
const keepAliveTimeout = 72_000;
const badRequest = 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

/** Where the signature stands behind this front, out of sight of fauxqs, which would keep queues by region. */
export const signatureHeader = 'local-authorization';

const pathOf = (url = '') => URL.parse(url, 'http://sqs')?.pathname;

const refusalOf = (request: IncomingMessage, guard: Guard): Problem | undefined => {
  const refusal = guard(request);
  if (refusal) return { status: refusal.status, code: 'AccessDenied', message: refusal.detail };
  if (request.method !== 'POST' || pathOf(request.url) !== '/')
    return { status: 404, code: 'InvalidAddress', message: 'Only SQS and SNS are here: POST /.' };
  const type = essence(request.headers['content-type']);
  if (type === jsonType || type === formType) return undefined;
  return { status: 415, code: 'InvalidRequest', message: `The content type must be ${jsonType} or ${formType}.` };
};

/**
 * What stands between callers and fauxqs: it would answer any web page, and for S3, STS and its own inspection too. Nothing
 * that comes in ends more than its connection. Regions are one here: whatever a caller signs for is left out.
 */
export const createFront = ({ guard, pass }: { guard: Guard; pass: RequestListener }): Server => {
  const server = createServer({ keepAliveTimeout }, (request, response) => {
    try {
      const problem = refusalOf(request, guard);
      if (problem) return answerProblem(response, request.headers['content-type'], problem);
      request.headers[signatureHeader] = request.headers.authorization;
      delete request.headers.authorization;
      request.url = '/';
      pass(request, response);
    } catch {
      response.destroy();
    }
  });
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end(badRequest, () => socket.destroy());
    else socket.destroy();
  });
  return server;
};
