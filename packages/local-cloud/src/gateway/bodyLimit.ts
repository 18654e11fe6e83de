import type { ClientRequest, IncomingMessage } from 'node:http';
import { problemOf } from './problems.ts';

/** What API Gateway takes, and serverless-offline: 10 MiB. */
export const maxBodyBytes = 10 * 1024 * 1024;

export const bodyTooLarge = problemOf(
  413,
  `The body is larger than ${maxBodyBytes} bytes, which is what a gateway takes.`,
);

export const declaresTooMuch = ({ headers }: IncomingMessage): boolean =>
  Number(headers['content-length'] ?? 0) > maxBodyBytes;

/** The error that a request to a service ends with when more comes than is taken. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/**
 * Counts what is about to be piped to a service, holding nothing back. The rest of a body that is too large is read and
 * dropped: a caller cut off while it sends would not see the answer.
 */
export const limitBody = (toService: ClientRequest, request: IncomingMessage) => {
  let bytes = 0;
  const count = (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= maxBodyBytes) return;
    request.off('data', count);
    request.unpipe(toService);
    toService.destroy(new BodyTooLarge());
    request.resume();
  };
  request.on('data', count);
};
