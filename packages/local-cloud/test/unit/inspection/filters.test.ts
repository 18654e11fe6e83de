import { describe, expect, it } from '@jest/globals';
import { readFilter, search } from '../../../src/inspection/filters.ts';
import { createRing } from '../../../src/recorder/ring.ts';
import type { Span } from '../../../src/recorder/span.ts';
import { numberedSpan } from '../recorder/spans.ts';

const known = { services: ['items', 'tool'], functions: ['items:createItem'] };
const filterOf = (query: string) => {
  const filter = readFilter(new URLSearchParams(query), known);
  if ('problems' in filter) throw new Error(filter.problems.join());
  return filter;
};
const problemsOf = (query: string) => {
  const filter = readFilter(new URLSearchParams(query), known);
  return 'problems' in filter ? filter.problems : [];
};

const ringOf = (...traces: Partial<Span>[]) => {
  const ring = createRing();
  for (const [index, changes] of traces.entries()) {
    const span = numberedSpan(index, { traceId: `trace ${index}`, ...changes });
    ring.add(span, JSON.stringify(span));
  }
  return ring;
};
const found = async (query: string, ...traces: Partial<Span>[]) =>
  (await search(ringOf(...traces).newestFirst(), filterOf(query))).map(({ traceId }) => traceId);

const failed: Partial<Span> = {
  service: 'items',
  status: 'error',
  duration: 250,
  attributes: {
    'rpc.method': 'PutItem',
    'http.response.status_code': 503,
    'local.request_id': 'request 1',
  },
};
const invoked: Partial<Span> = {
  service: 'items',
  name: 'items:createItem',
  duration: 3,
  attributes: { 'faas.invocation_id': 'invocation 1', 'http.response.status_code': 404 },
};

describe('a filter of traces', () => {
  it.each([
    ['service=items', ['trace 1', 'trace 0']],
    ['service=tool', ['trace 2']],
    ['operation=putitem', ['trace 0']],
    ['operation=GetItem', []],
    ['function=items:createItem', ['trace 1']],
    ['status=error', ['trace 0']],
    ['status=503', ['trace 0']],
    ['status=4xx', ['trace 1']],
    ['minDuration=250', ['trace 0']],
    ['minDuration=250.5', []],
    ['id=request 1', ['trace 0']],
    ['id=invocation 1', ['trace 1']],
    ['id=trace 2', ['trace 2']],
    ['id=none', []],
    ['text=REQUEST 1', ['trace 0']],
    ['text=createitem&status=404', ['trace 1']],
    ['service=items&status=2xx', []],
    ['limit=2', ['trace 2', 'trace 1']],
    ['', ['trace 2', 'trace 1', 'trace 0']],
  ])('%j finds %j', async (query, traces) => {
    expect(await found(query, failed, invoked, { service: 'tool' })).toEqual(traces);
  });

  it('finds fifty, unless more are asked for', async () => {
    const many = Array.from({ length: 100 }, () => ({}));

    expect(await found('', ...many)).toHaveLength(50);
    expect(await found('limit=1000', ...many)).toHaveLength(100);
  });

  it('finds a text with quotation marks, as log lines have them', async () => {
    const line = '{"level":"ERROR","message":"no such item"}';
    const events = [{ time: 1, name: 'log', attributes: { 'log.record.original': line } }];

    expect(await found(`text=${encodeURIComponent('"level":"ERROR"')}`, { events })).toEqual(['trace 0']);
  });

  it.each([
    ['colour=red', 'colour is no filter: there are service, operation, function, status, minDuration, id, text, limit'],
    ['__proto__=red', '__proto__ is no filter'],
    ['service=none', 'service "none" is not there: there are items, tool'],
    ['service=', 'service "" is not there'],
    ['function=items:none', 'function "items:none" is not there: there are items:createItem'],
    ['status=bad', 'status is "bad", and must be a status such as 404, a class such as 5xx, or error'],
    ['status=6xx', 'status is "6xx"'],
    ['status=', 'status is ""'],
    ['minDuration=fast', 'minDuration is "fast", and must be a number of milliseconds'],
    ['minDuration=-1', 'minDuration is "-1"'],
    ['limit=0', 'limit is "0", and must be a whole number from 1 to 1000'],
    ['limit=1001', 'limit is "1001"'],
    ['limit=many', 'limit is "many"'],
    ['limit=', 'limit is ""'],
    ['limit=1.5', 'limit is "1.5"'],
  ])('%j is refused: %s', (query, problem) => {
    expect(problemsOf(query)).toEqual([expect.stringContaining(problem)]);
  });

  it('is told all that is wrong with it at once', () => {
    expect(problemsOf('colour=red&service=none&limit=0')).toHaveLength(3);
  });
});

describe('a long search', () => {
  it('gives way to what else there is to do', async () => {
    const ring = createRing();
    for (let number = 0; number < 200; number += 1) {
      const span = numberedSpan(number, { traceId: `trace ${number}`, statusMessage: 'm'.repeat(100_000) });
      ring.add(span, JSON.stringify(span));
    }
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);

    await search(ring.newestFirst(), filterOf('text=nowhere'));
    clearInterval(timer);

    expect(turns).toBeGreaterThan(2);
  });
});
