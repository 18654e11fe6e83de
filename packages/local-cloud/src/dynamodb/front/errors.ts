import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { CallRefusal } from '../../calls/call.ts';

/** An error as DynamoDB answers it, which SDKs read. They retry those of 500 and above. */
export interface DynamodbError {
  readonly status: number;
  readonly type: string;
  readonly message: string;
}

const service = 'com.amazon.coral.service';
const dynamodb = 'com.amazonaws.dynamodb.v20120810';

export const accessDenied = (status: number, message: string): DynamodbError => ({
  status,
  type: `${service}#AccessDeniedException`,
  message,
});
/** What the gate refuses; access is denied by the protocol, all else by DynamoDB. */
export const refused = ({ status, code, message }: CallRefusal): DynamodbError => ({
  status,
  type: `${code === 'AccessDeniedException' ? service : dynamodb}#${code}`,
  message,
});
export const unreadable = (message: string): DynamodbError => ({
  status: 400,
  type: `${service}#SerializationException`,
  message,
});
export const tooLarge = (bytes: number): DynamodbError => ({
  status: 413,
  type: `${service}#RequestEntityTooLargeException`,
  message: `The request is larger than ${bytes} bytes.`,
});
export const unavailable: DynamodbError = {
  status: 503,
  type: `${dynamodb}#ServiceUnavailable`,
  message: 'The local DynamoDB engine does not answer.',
};

const bodyOf = ({ type, message }: DynamodbError) => JSON.stringify({ __type: type, message });

const headersOf = (body: string) => ({
  'content-type': 'application/x-amz-json-1.0',
  'content-length': Buffer.byteLength(body),
});

export const sendError = (response: ServerResponse, error: DynamodbError, headers: Record<string, string> = {}) => {
  const body = bodyOf(error);
  response.writeHead(error.status, { ...headersOf(body), ...headers });
  response.end(body);
};

/** Answers on a connection whose request could not be read, and ends it. */
export const endWithError = (socket: Duplex, error: DynamodbError) => {
  const body = bodyOf(error);
  const head = Object.entries({ ...headersOf(body), connection: 'close' }).map(([name, value]) => `${name}: ${value}`);
  socket.end(`HTTP/1.1 ${error.status} \r\n${head.join('\r\n')}\r\n\r\n${body}`);
};
