import {
  conflict,
  HttpProblem,
  idempotencyKeyReused,
  notFound,
  preconditionFailed,
  problemFrom,
  problemTypes,
  serviceUnavailable,
} from '@app/http';
import { lambdaContext, parsed } from '@app/test-support';
import { describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import { createUnknownRouteHandler } from '../../src/index.ts';
import { callerOf, everyOperation } from '../support/everyOperation.ts';
import { collectLog } from '../support/log.ts';
import { gateways } from '../support/notes.ts';

const log = collectLog();

const stored = { type: '/problems/conflict', title: 't', status: 409, detail: 'd', requestId: 'of-the-command' };

const outcomes: readonly Error[] = [
  notFound('Thing', '1'),
  conflict('taken'),
  preconditionFailed(),
  idempotencyKeyReused(),
  problemFrom(stored),
  new HttpProblem(problemTypes.tooManyRequests, 'slow down'),
  serviceUnavailable(new Error('away')),
  new TypeError('a fault of ours'),
];

const handle = jest.fn((): Promise<never> => Promise.reject(new Error('unused')));
const unknownRoute = createUnknownRouteHandler();

const calls = await Promise.all(
  everyOperation.map(async ({ operation, valid }) => ({ valid, call: await callerOf(operation, handle) })),
);
const eventOf = fc.constantFrom(...gateways.map(([, each]) => each));
const headers = fc.record(
  {
    'x-request-id': fc.constantFrom('from-the-caller', '0b0e7a52-6f0c-4f7b-9a53-0d3e5f3f3f10'),
    'idempotency-key': fc.constantFrom('k', 'l', 'ü'),
    'if-match': fc.constantFrom('*', '"1-1"', 'malformed'),
    'content-type': fc.constantFrom('text/plain', 'application/json; charset=latin1'),
    'content-encoding': fc.constantFrom('gzip', 'identity'),
    traceparent: fc.constant('00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'),
  },
  { requiredKeys: [] },
);
const changes = fc.oneof(
  { weight: 5, arbitrary: fc.constant({}) },
  fc.record({ body: fc.constantFrom<unknown>('{', {}, Buffer.from([0xff]), 'x'.repeat(300_000)) }),
  fc.record({ query: fc.constantFrom('colour=red', 'limit=%ff') }),
  fc.record({ params: fc.constant({}) }),
);

describe('the request id of an exchange', () => {
  it('is its own, whatever comes of it: on the answer, in the problem, on the log line', async () => {
    const ids = new Set<unknown>();
    const statuses = new Set<number>();
    const exchange = async (n: number) => {
      const [event, given, changed, operation, outcome] = fc.sample(
        fc.tuple(eventOf, headers, changes, fc.constantFrom(...calls), fc.constantFrom(...outcomes)),
        { numRuns: 1, seed: n },
      )[0]!;
      handle.mockRejectedValue(outcome);
      if (n % 50 === 0) return parsed(await unknownRoute(event({ path: '/nothing', headers: given }), lambdaContext()));
      return operation.call(event, { ...operation.valid, headers: given, ...changed });
    };

    for (let n = 0; n < 1000; n++) {
      const { status, headers: sent, body } = await exchange(n);

      expect(body?.requestId).toBe(sent['x-request-id']);
      expect(log.lines.at(-1)).toMatchObject({ message: 'request', requestId: sent['x-request-id'], status });
      expect(log.lines.at(-1)?.commandRequestId).not.toBe(sent['x-request-id']);
      ids.add(sent['x-request-id']);
      statuses.add(status);
    }

    expect(ids.size).toBe(1000);
    expect(log.lines).toHaveLength(1000);
    expect([...statuses].toSorted((one, other) => one - other)).toEqual([
      400, 404, 409, 412, 413, 415, 422, 429, 500, 503,
    ]);
  });
});
