import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { ApiKind } from './routes.ts';

/** What a function's answer makes of a response. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer;
}

type Scalar = string | number | boolean;

interface ProxyResult {
  readonly statusCode?: unknown;
  readonly headers?: Readonly<Record<string, Scalar | null>> | null;
  readonly multiValueHeaders?: Readonly<Record<string, readonly unknown[]>> | null;
  readonly cookies?: readonly string[];
  readonly body?: unknown;
  readonly isBase64Encoded?: unknown;
}

/** Those that the server sees to itself. */
const ofConnection = new Set(['connection', 'content-length', 'keep-alive', 'transfer-encoding', 'upgrade']);

const headersOf = ({ headers, multiValueHeaders, cookies = [] }: ProxyResult, kind: ApiKind) => {
  const all = new Map<string, string | string[]>();
  for (const [name, value] of Object.entries(headers ?? {}))
    if (value !== null) all.set(name.toLowerCase(), String(value));
  if (kind === 'rest')
    for (const [name, values] of Object.entries(multiValueHeaders ?? {}))
      all.set(name.toLowerCase(), values.map(String));
  if (kind === 'http' && cookies.length > 0) all.set('set-cookie', [...cookies]);
  if (!all.has('content-type'))
    all.set('content-type', kind === 'rest' ? 'application/json' : 'text/plain;charset=UTF-8');
  for (const name of ofConnection) all.delete(name);
  for (const [name, value] of all) {
    validateHeaderName(name);
    for (const each of [value].flat()) validateHeaderValue(name, each);
  }
  return Object.fromEntries(all);
};

const isStatus = (status: unknown) => /^[2-5]\d\d$/.test(String(status));

const bodyOf = ({ body, isBase64Encoded }: ProxyResult) => {
  if (body === undefined || body === null) return Buffer.alloc(0);
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return Buffer.from(text, isBase64Encoded === true ? 'base64' : 'utf8');
};

/**
 * The response that API Gateway makes of what a function returned. An HTTP API takes a value without a status for the
 * body of a 200; a REST API takes only its own shape. Undefined for what neither can send.
 */
export const answerOf = (payload: string, kind: ApiKind): Answer | undefined => {
  const value: unknown = JSON.parse(payload);
  const isShaped = typeof value === 'object' && value !== null && 'statusCode' in value;
  if (!isShaped && kind === 'http') {
    const body = typeof value === 'string' ? value : payload;
    return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(body) };
  }
  const result = value as ProxyResult | null;
  if (!isShaped || !isStatus(result?.statusCode)) return undefined;
  if (kind === 'rest' && result?.body !== undefined && result.body !== null && typeof result.body !== 'string')
    return undefined;
  try {
    return { status: Number(result?.statusCode), headers: headersOf(result ?? {}, kind), body: bodyOf(result ?? {}) };
  } catch {
    return undefined; // a header that cannot be sent
  }
};
