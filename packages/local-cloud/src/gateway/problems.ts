import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { problemTypes } from '@app/http';
import type { BareAnswer } from '../http/listener.ts';
import { type Refusal, type Refuse, sendWhole } from '../http/refusals.ts';

/** What a gateway says by itself, by status: one type each, though services may have more of one status. */
const types = new Map<number, readonly [status: number, slug: string, title: string]>(
  [
    problemTypes.invalidRequest,
    problemTypes.unauthorized,
    problemTypes.forbidden,
    problemTypes.notFound,
    problemTypes.payloadTooLarge,
    problemTypes.unsupportedMediaType,
    problemTypes.tooManyRequests,
    problemTypes.internalError,
    problemTypes.serviceUnavailable,
  ].map((type) => [type[0], type]),
);

/** RFC 9457, as the services' own problems are (docs/architecture.md). A status of no type counts as a bad request, or as an error of ours. */
export const renderProblem = (status: number, detail: string) => {
  const fallback = status < 500 ? problemTypes.invalidRequest : problemTypes.internalError;
  const [, slug, title] = types.get(status) ?? fallback;
  const requestId = randomUUID();
  const body = JSON.stringify({ type: `/problems/${slug}`, title, status, detail, requestId });
  const headers = {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
  };
  return { body, headers };
};

/** The words of the gateway: problems. */
export const refuseAsProblem: Refuse = (response, { status, detail }: Refusal, given = {}) => {
  const { body, headers } = renderProblem(status, detail);
  response.setHeader('x-request-id', headers['x-request-id']); // for who asks the response afterwards
  const retryLater = status === 503 && { 'retry-after': '1' };
  sendWhole(response, status, { ...given, ...headers, ...retryLater }, body);
};

/** The same, where there is no response to write to. */
export const bareProblem = (status: number, detail: string): BareAnswer => ({
  status,
  reason: STATUS_CODES[status] ?? '',
  ...renderProblem(status, detail),
});
