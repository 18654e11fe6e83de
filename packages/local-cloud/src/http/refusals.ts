import { randomUUID } from 'node:crypto';
import { type OutgoingHttpHeaders, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Refusal as GuardRefusal } from '../guard/guard.ts';
import type { BareAnswer } from './listener.ts';

/** What a server says by itself, without a function. */
export interface Refusal {
  readonly status: number;
  /** As API Gateway words it to callers of an HTTP API. */
  readonly message: string;
  /** As the gateway on 3000 says it. */
  readonly detail: string;
  /** The gateway response of a REST API that it is. */
  readonly restType: string;
}

/** Answers in a server's own words; `headers` are those of CORS. Does nothing where an answer has begun but cut it off. */
export type Refuse = (response: ServerResponse, refusal: Refusal, headers?: OutgoingHttpHeaders) => void;

const refusal = (status: number, message: string, restType: string, detail: string): Refusal => ({
  status,
  message,
  detail,
  restType,
});

/** What API Gateway takes: 10 MiB. */
export const maxBodyBytes = 10 * 1024 * 1024;

export const badRequest = (detail: string) => refusal(400, 'Bad Request', 'DEFAULT_4XX', detail);
/** What the guard has against a request, said as it is: a developer has to see why. */
export const refusedByGuard = ({ status, detail }: GuardRefusal): Refusal =>
  refusal(status, detail, status === 400 ? 'DEFAULT_4XX' : 'ACCESS_DENIED', detail);
export const noRoute = (method: string, path: string) =>
  refusal(404, 'Not Found', 'MISSING_AUTHENTICATION_TOKEN', `There is no route ${method} ${path}.`);
export const bodyTooLarge = refusal(
  413,
  'Request Entity Too Large',
  'REQUEST_TOO_LARGE',
  `The body is larger than ${maxBodyBytes} bytes, which is the most that a gateway takes.`,
);
export const functionFailed = refusal(
  500,
  'Internal Server Error',
  'DEFAULT_5XX',
  'The function failed, or its answer is not one that a gateway can send.',
);
export const functionTimedOut = refusal(
  503,
  'Service Unavailable',
  'INTEGRATION_TIMEOUT',
  'The function did not answer in time.',
);

/** Writes a whole answer, unless one has begun: then the connection is cut, so that nobody takes the part for the whole. */
export const sendWhole = (
  response: ServerResponse,
  status: number,
  headers: OutgoingHttpHeaders,
  body: string | Buffer,
) => {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const isBodiless = status === 204 || status === 304;
  response.writeHead(status, { ...headers, ...(!isBodiless && { 'content-length': Buffer.byteLength(body) }) });
  response.end(isBodiless ? undefined : body);
};

/** The words of an HTTP API, and of every other server that has none of its own. */
export const refuseAsAws: Refuse = (response, { status, message }, headers = {}) =>
  sendWhole(
    response,
    status,
    { ...headers, 'content-type': 'application/json', 'apigw-requestid': randomUUID() },
    JSON.stringify({ message }),
  );

/** What cannot be read is answered as AWS's own servers do. */
export const unreadableAsAws = (status: number): BareAnswer => {
  const reason = STATUS_CODES[status] ?? '';
  return { status, reason, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ message: reason }) };
};
