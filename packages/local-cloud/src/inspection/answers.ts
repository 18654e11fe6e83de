import type { ServerResponse } from 'node:http';
import { renderProblem } from '../gateway/problems.ts';
import { sendWhole } from '../http/refusals.ts';

/** For pages of the gateway's own origin: no other page may have it, and no cache. */
export const privateHeaders = {
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

export const sendJson = (response: ServerResponse, value: unknown, status = 200): void =>
  sendWhole(response, status, { ...privateHeaders, 'content-type': 'application/json' }, JSON.stringify(value));

export const sendProblem = (response: ServerResponse, status: number, detail: string): void => {
  const { body, headers } = renderProblem(status, detail);
  sendWhole(response, status, { ...privateHeaders, ...headers }, body);
};
