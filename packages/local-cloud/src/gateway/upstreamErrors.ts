import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { type Problem, problemOf } from './problems.ts';

const details: Readonly<Record<number, string>> = {
  401: 'The request carries no credentials that this route accepts.',
  403: 'The credentials of this request do not allow it.',
  404: 'There is no such route.',
  413: 'The body is larger than a gateway takes.',
  500: 'The function could not be run.',
  502: 'The function failed, or gave an answer that is none.',
  504: 'The function did not answer in time.',
};

/**
 * The problem in place of an error that serverless-offline made by itself, in shapes of its own. What a function answered
 * is known by its request id and left alone.
 */
export const offlineError = ({ statusCode = 500, headers }: IncomingMessage): Problem | undefined => {
  const byFunction = headers['x-request-id'] !== undefined || headers['content-type']?.includes('problem+json');
  if (statusCode < 400 || byFunction) return undefined;
  return problemOf(statusCode, details[statusCode] ?? 'The request could not be taken.');
};

/** Headers of the replaced answer that still hold: who may read it, and how to authenticate. */
export const keptHeaders = ({ headers }: IncomingMessage): OutgoingHttpHeaders =>
  Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => name.startsWith('access-control-') || name === 'www-authenticate' || name === 'vary',
    ),
  );
