import { responsesOf } from '@app/contracts';
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
import { everyOperation } from '@app/test-support/everyOperation';
import { describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import { createUnknownRouteHandler } from '../../src/index.ts';
import { callerOf } from '../support/callerOf.ts';
import { collectLog } from '../support/log.ts';
import { gateways } from '../support/memos.ts';

const log = collectLog();

const stored = { type: '/problems/conflict', title: 't', status: 409, detail: 'd', requestId: 'of-the-command' };

const outcomes: readonly HttpProblem[] = [
  notFound('Thing', '1'),
  conflict('taken'),
  preconditionFailed(),
  idempotencyKeyReused(),
  problemFrom(stored),
  new HttpProblem(problemTypes.tooManyRequests, 'slow down'),
  serviceUnavailable(new Error('away')),
];
const faultOfOurs = new TypeError('a fault of ours');

const handle = jest.fn((): Promise<never> => Promise.reject(new Error('unused')));
const unknownRoute = createUnknownRouteHandler();

const calls = await Promise.all(
  everyOperation.map(async ({ operation, valid }) => ({
    valid,
    call: await callerOf(operation, handle),
    documented: outcomes.filter(({ status }) => status in responsesOf(operation)),
  })),
);
/** Each operation with each of the refusals that its contract has, and with a failure. */
const refusals = calls.flatMap((operation) =>
  [...operation.documented, faultOfOurs].map((outcome) => ({ operation, outcome })),
);
const statusOf = (outcome: Error) => (outcome instanceof HttpProblem ? outcome.status : 500);
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
        fc.tuple(eventOf, headers, changes, fc.constantFrom(...calls), fc.nat()),
        { numRuns: 1, seed: n },
      )[0]!;
      const refusal = refusals[n];
      if (refusal) {
        handle.mockRejectedValue(refusal.outcome);
        return refusal.operation.call(event, refusal.operation.valid);
      }
      handle.mockRejectedValue(operation.documented[outcome % (operation.documented.length + 1)] ?? faultOfOurs);
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
    const ofRequests = [400, 404, 413, 415]; // found before a handler is called
    expect(refusals.length).toBeLessThan(500);
    expect(statuses).toEqual(new Set([...refusals.map(({ outcome }) => statusOf(outcome)), ...ofRequests]));
  });
});
