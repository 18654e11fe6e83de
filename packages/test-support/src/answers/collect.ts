import { answers, type PublishedAnswer } from '@app/middleware/answers';
import type { Answer } from './judge.ts';

/** Contracts are loaded when there is something to judge: most test files of packages have no answers. */
type Collected = () => Promise<Answer | undefined>;

const lowerCased = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const ofFunction =
  ({ operationId, method, result }: PublishedAnswer): Collected =>
  async () => {
    const { operationOf } = await import('./operations.ts');
    return {
      operation: operationOf(operationId, method),
      status: result.statusCode,
      headers: lowerCased(result.headers),
      body: result.body ?? '',
    };
  };

/** None of an answer that was cut off, or whose path no operation has. */
const ofResponse = (method: string, response: Response): Collected => {
  const text = response.text().catch(() => undefined);
  return async () => {
    const { operationAt } = await import('./operations.ts');
    const operation = operationAt(method, new URL(response.url).pathname);
    const body = await text;
    if (!operation || body === undefined) return undefined;
    return { operation, status: response.status, headers: Object.fromEntries(response.headers), body };
  };
};

/** Collects every answer of the functions that run in this process, and every answer of an API that `fetch` brings. */
export const collectAnswers = () => {
  let collected: Collected[] = [];
  const add = (message: unknown) => void collected.push(ofFunction(message as PublishedAnswer));
  answers.subscribe(add);
  const { fetch } = globalThis;
  globalThis.fetch = async (input, init) => {
    const response = await fetch(input, init);
    const { method } = input instanceof Request ? input : { method: init?.method ?? 'GET' };
    if (response.headers.has('x-request-id')) collected.push(ofResponse(method, response.clone())); // S3 has none
    return response;
  };

  return {
    /** Those since the last time. */
    take: async (): Promise<Answer[]> => {
      const taken = collected;
      collected = [];
      const all = await Promise.all(taken.map((each) => each()));
      return all.filter((answer) => answer !== undefined);
    },
    stop: () => {
      answers.unsubscribe(add);
      globalThis.fetch = fetch;
    },
  };
};
