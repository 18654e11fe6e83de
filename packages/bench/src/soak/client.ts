import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Counts } from './findings.ts';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

const longestAnswer = 35_000; // milliseconds

/**
 * Calls the cloud as a careful client does. `once` resolves to undefined where no answer came, or one that says nothing
 * of what became of the request (5xx, 429); `until` asks the same again until an answer does, or `isOver`.
 */
export const createClient = (origin: string, counts: Counts, isOver: () => boolean) => {
  const once = async ({ method, path, body, headers = {} }: Asked): Promise<Answered | undefined> => {
    counts.requests += 1;
    try {
      const response = await fetch(`${origin}${path}`, {
        method,
        headers: { ...(body && { 'content-type': 'application/json' }), ...headers },
        ...(body && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(longestAnswer),
      });
      const text = await response.text();
      if (response.status >= 500 || response.status === 429) throw new Error(String(response.status));
      counts.acknowledged += 1;
      return {
        status: response.status,
        headers: response.headers,
        body: text ? (JSON.parse(text) as Answered['body']) : {},
      };
    } catch {
      counts.unanswered += 1;
      return undefined;
    }
  };
  const until = async (asked: Asked): Promise<Answered | undefined> => {
    while (!isOver()) {
      const answer = await once(asked);
      if (answer) return answer;
      await delay(100 + Math.random() * 400);
    }
    return undefined;
  };
  return { once, until };
};

export type Client = ReturnType<typeof createClient>;

export const newKey = () => ({ 'idempotency-key': randomUUID() });
