import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, callApi } from './callApi.ts';

interface CheckOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** A new gateway needs some seconds until its name resolves and its routes answer. */
  readonly withinMs?: number;
  readonly pauseMs?: number;
}

const isProblem = ({ contentType, body }: Answer) => {
  if (!contentType.startsWith('application/problem+json')) return false;
  try {
    return (JSON.parse(body) as { status?: unknown }).status === 404;
  } catch {
    return false;
  }
};

/** A route that no service has: nothing is read or written by asking for it. */
const unknownRoute = 'is-it-deployed';

const told = ({ status, contentType, body }: Answer) =>
  `${status}${contentType && ` ${contentType}`}${body && `: ${body.slice(0, 200)}`}`;

/** What is wrong with an answer; undefined when it is the service's own. */
const faultOf = (url: string, answer: Answer): string | undefined => {
  if (url.startsWith('ws'))
    return [101, 401].includes(answer.status)
      ? undefined
      : `its handshake is neither accepted nor refused: ${told(answer)}`;
  return answer.status === 404 && isProblem(answer)
    ? undefined
    : `an unknown route is not answered with the service's own 404 but with ${told(answer)}`;
};

const attempt = async (url: string, env: NodeJS.ProcessEnv) => {
  try {
    return faultOf(url, await callApi(url.startsWith('ws') ? url : `${url}/${unknownRoute}`, env));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return `it cannot be called: ${message || code}`;
  }
};

/**
 * Calls an API once, for a route that it does not have, or opens a connection to a WebSocket API: 101, or 401 where it
 * wants to know who calls. Asks again while it is not right, for half a minute. Resolves to what is wrong, or undefined.
 */
export const checkApi = async (
  url: string,
  { env, signal, withinMs = 30_000, pauseMs = 1000 }: CheckOptions,
): Promise<string | undefined> => {
  const end = Date.now() + withinMs;
  for (;;) {
    const fault = await attempt(url, env);
    if (fault === undefined || Date.now() + pauseMs > end || signal.aborted) return fault && `${url}: ${fault}`;
    await sleep(pauseMs);
  }
};
