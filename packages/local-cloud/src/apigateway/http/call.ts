import type { IncomingMessage } from 'node:http';
import type { Target } from '../../http/target.ts';
import type { Match } from './routes.ts';

/** A request that a route was found for, whole. */
export interface Call extends Match {
  readonly method: string;
  readonly target: Target;
  /** Names and values as they were sent, in their order, without those of the connection itself. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  readonly sourceIp: string;
  readonly protocol: string;
  readonly stage: string;
  readonly requestId: string;
  readonly receivedAt: Date;
}

/** Fields that are for the next hop only (RFC 9110, section 7.6.1). */
const ofConnection = new Set([
  'connection',
  'http2-settings',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** What a gateway says of the connection; what a caller says under these names is not believed. */
const forwarded = ({ socket }: IncomingMessage): [string, string][] => [
  ['X-Forwarded-For', socket.remoteAddress ?? '127.0.0.1'],
  ['X-Forwarded-Port', String(socket.localPort ?? '')],
  ['X-Forwarded-Proto', 'http'],
];
const replaced = new Set(['x-forwarded-for', 'x-forwarded-port', 'x-forwarded-proto']);

/** The header fields that functions get. */
export const headersOf = (request: IncomingMessage): [string, string][] => {
  const { rawHeaders } = request;
  const fields = rawHeaders.flatMap((name, place): [string, string][] =>
    place % 2 === 0 ? [[name, rawHeaders[place + 1] ?? '']] : [],
  );
  const kept = fields.filter(([name]) => !ofConnection.has(name.toLowerCase()) && !replaced.has(name.toLowerCase()));
  return [...kept, ...forwarded(request)];
};

/** The values of a header, by its name in lower case. */
export const valuesOf = ({ headers }: Pick<Call, 'headers'>, name: string) =>
  headers.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value);

/** `[name, value]` of a query string, decoded, in their order. */
export const queryOf = ({ target }: Pick<Call, 'target'>) => [...new URLSearchParams(target.query)];

/** `09/Apr/2015:12:34:56 +0000` */
export const requestTime = (date: Date): string => {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(date.toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
};
