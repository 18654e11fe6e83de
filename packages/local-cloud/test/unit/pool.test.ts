import { EventEmitter } from 'node:events';
import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createBudget } from '../../src/lambda/functions/budget.ts';
import type { Outcome } from '../../src/lambda/functions/outcome.ts';
import { createPool } from '../../src/lambda/functions/pool.ts';

const cores = Math.max(2, availableParallelism());
const longerThanGrowing = 150;
const longerThanIdle = 11_000;

/** Workers that answer when the test says so. */
const createFakes = () => {
  const workers: (EventEmitter & { sent: { event: string }[]; ended: boolean })[] = [];
  const start = () => {
    const worker = Object.assign(new EventEmitter(), {
      sent: [] as { event: string }[],
      ended: false,
      postMessage: (message: { event: string }) => worker.sent.push(message),
      terminate: async () => {
        worker.ended = true;
        worker.emit('exit', 1);
        return 1;
      },
    });
    workers.push(worker);
    return worker as unknown as Worker;
  };
  const living = () => workers.filter(({ ended }) => !ended).length;
  return { workers, start, living };
};

const createFunction = (limit = 100, isBusy = () => false) => {
  const fakes = createFakes();
  const said: string[] = [];
  const budget = createBudget(limit, (message) => said.push(message));
  const pool = createPool({ functionName: 'notes-dev-listNotes', start: fakes.start, budget, isBusy });
  const invoke = (event: string) => {
    const outcomes: Outcome[] = [];
    const invocation = {
      event,
      begin: () => ({}),
      printed: () => {},
      answer: (outcome: Outcome) => void outcomes.push(outcome),
    };
    pool.invoke(invocation);
    return { invocation, outcomes };
  };
  const fill = (count: number) => Array.from({ length: count }, (_, index) => invoke(String(index)));
  return { ...fakes, pool, budget, said, invoke, fill };
};

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

describe('the execution environments of a function', () => {
  it('are no more than the machine has cores, and serve one invocation at a time', () => {
    const { workers, fill } = createFunction();

    const invocations = fill(cores + 1);
    workers[0]?.emit('message', { payload: '"first"' });

    expect(invocations[0]?.outcomes).toEqual([{ payload: '"first"' }]);
    expect(workers).toHaveLength(cores);
    expect(workers[0]?.sent.map(({ event }) => event)).toEqual(['0', String(cores)]);
  });

  it('are used again when they are idle', () => {
    const { workers, fill } = createFunction();

    fill(1);
    workers[0]?.emit('message', { payload: 'null' });
    fill(1);

    expect(workers).toHaveLength(1);
  });

  it('are one more when all of them have waited for a while', () => {
    const { workers, fill } = createFunction();

    fill(cores + 1);
    jest.advanceTimersByTime(longerThanGrowing);

    expect(workers).toHaveLength(cores + 1);
  });

  it('are no more while the processor is busy', () => {
    let isBusy = true;
    const { workers, fill } = createFunction(100, () => isBusy);

    fill(cores + 1);
    jest.advanceTimersByTime(10 * longerThanGrowing);
    const whileBusy = workers.length;
    isBusy = false;
    jest.advanceTimersByTime(longerThanGrowing);

    expect([whileBusy, workers.length]).toEqual([cores, cores + 1]);
  });

  it('end when they have been idle for a while, all but one, and give their places back', () => {
    const { workers, fill, living, budget } = createFunction();
    fill(cores + 3);
    jest.advanceTimersByTime(5 * longerThanGrowing);
    for (const worker of workers) worker.emit('message', { payload: 'null' });

    const before = living();
    jest.advanceTimersByTime(longerThanIdle);

    expect(before).toBe(cores + 3);
    expect(living()).toBe(1);
    expect(budget.taken()).toBe(0);
  });

  it('are no more than the budget allows; what waits is served when there is room, and told of once', () => {
    const { workers, fill, said } = createFunction(1);

    const invocations = fill(4);
    jest.advanceTimersByTime(5 * longerThanGrowing);
    const most = workers.length;
    workers[0]?.emit('message', { payload: '0' });
    workers[1]?.emit('message', { payload: '1' });

    expect(most).toBe(2);
    expect(workers.map(({ sent }) => sent.map(({ event }) => event))).toEqual([
      ['0', '2'],
      ['1', '3'],
    ]);
    expect(invocations.map(({ outcomes }) => outcomes.length)).toEqual([1, 1, 0, 0]);
    expect(said).toEqual([expect.stringContaining('notes-dev-listNotes has invocations waiting')]);
  });

  it('of another function end as soon as they are idle where one waits for room', () => {
    const budget = createBudget(1, () => {});
    const [one, two] = [createFakes(), createFakes()];
    const first = createPool({ functionName: 'first', start: one.start, budget, isBusy: () => false });
    const second = createPool({ functionName: 'second', start: two.start, budget, isBusy: () => false });
    const invoke = (pool: typeof first, event: string) =>
      pool.invoke({ event, begin: () => ({}), printed: () => {}, answer: () => {} });
    for (const event of ['a', 'b']) invoke(first, event);
    for (const event of ['c', 'd']) invoke(second, event);
    const before = two.workers.length;

    one.workers[1]?.emit('message', { payload: 'null' });

    expect(before).toBe(1);
    expect(one.living()).toBe(1);
    expect(two.workers[1]?.sent.map(({ event }) => event)).toEqual(['d']);
  });

  it('end with the invocation that took too long, and with no other', () => {
    const { workers, fill, pool } = createFunction();

    const [slow] = fill(2);
    if (slow) pool.cancel(slow.invocation);

    expect(workers.map(({ ended }) => ended)).toEqual([true, false]);
    expect(slow?.outcomes).toEqual([]);
  });

  it('answer for a crash, and the next invocation is served', () => {
    const { workers, fill } = createFunction();
    const invocations = fill(cores + 1);

    workers[0]?.emit('exit', 1);

    expect(invocations[0]?.outcomes).toMatchObject([{ error: { errorMessage: 'The function crashed.' } }]);
    expect(workers.at(-1)?.sent.map(({ event }) => event)).toEqual([String(cores)]);
  });

  it('finish what they are at when the code has changed, and serve nothing after it', () => {
    const { workers, invoke, pool, budget } = createFunction();
    const busy = invoke('old');

    pool.retire();
    invoke('new');
    workers[0]?.emit('message', { payload: '"old code"' });

    expect(busy.outcomes).toEqual([{ payload: '"old code"' }]);
    expect(workers.map(({ ended }) => ended)).toEqual([true, false]);
    expect(workers[1]?.sent.map(({ event }) => event)).toEqual(['new']);
    expect(budget.taken()).toBe(0);
  });
});
