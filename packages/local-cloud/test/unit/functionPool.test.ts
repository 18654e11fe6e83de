import { EventEmitter, once } from 'node:events';
import { availableParallelism } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { MessageChannel, type Worker } from 'node:worker_threads';
import { describe, expect, it } from '@jest/globals';
import { createFunctionPool } from '../../src/serverless/functionPool.ts';

const enough = Math.max(2, availableParallelism());
const longerThanPatience = 250;

/** Workers that answer when the test says so. */
const createFakes = () => {
  const workers: (EventEmitter & { sent: unknown[]; ended: boolean })[] = [];
  const start = () => {
    const worker = Object.assign(new EventEmitter(), {
      sent: [] as unknown[],
      ended: false,
      postMessage: (message: unknown) => worker.sent.push(message),
      terminate: async () => {
        worker.ended = true;
        worker.emit('exit', 1);
        return 1;
      },
    });
    workers.push(worker);
    return worker as unknown as Worker;
  };
  return { workers, start };
};

const createInvocation = (event: unknown) => {
  const { port1, port2 } = new MessageChannel();
  const answer = once(port1, 'message').then(([value]: unknown[]) => value);
  port1.unref(); // those that are never answered must not keep the test running
  return { invocation: { port: port2, event, context: {} }, answer };
};

const fill = (pool: ReturnType<typeof createFunctionPool>, count: number) =>
  Array.from({ length: count }, (_, index) => {
    const each = createInvocation(index);
    pool.invoke(each.invocation);
    return each;
  });

describe('the execution environments of a function', () => {
  it('are no more than the machine has cores, and serve one invocation at a time', async () => {
    const { workers, start } = createFakes();
    const pool = createFunctionPool(start);

    const invocations = fill(pool, enough + 1);
    workers[0]?.emit('message', 'first');

    expect(await invocations[0]?.answer).toBe('first');
    expect(workers).toHaveLength(enough);
    expect(workers[0]?.sent).toHaveLength(2);
  });

  it('are used again when they are idle', () => {
    const { workers, start } = createFakes();
    const pool = createFunctionPool(start);

    fill(pool, 1);
    workers[0]?.emit('message', 'done');
    fill(pool, 1);

    expect(workers).toHaveLength(1);
  });

  it('are one more when all of them have waited for a while, and one fewer afterwards', async () => {
    const { workers, start } = createFakes();
    const pool = createFunctionPool(start);

    fill(pool, enough + 1);
    await wait(longerThanPatience);
    const grown = workers.length;
    workers[0]?.emit('message', 'done');

    expect(grown).toBe(enough + 1);
    expect(workers.filter(({ ended }) => ended)).toHaveLength(1);
  });

  it('end with the invocation that took too long, and with no other', () => {
    const { workers, start } = createFakes();
    const pool = createFunctionPool(start);

    const [slow] = fill(pool, 2);
    if (slow) pool.cancel(slow.invocation);

    expect(workers.map(({ ended }) => ended)).toEqual([true, false]);
  });

  it('answer for a crash, and the next invocation is served', async () => {
    const { workers, start } = createFakes();
    const pool = createFunctionPool(start);
    const invocations = fill(pool, enough + 1);

    workers[0]?.emit('exit', 1);

    expect(await invocations[0]?.answer).toMatchObject({ message: 'The function crashed.' });
    expect(workers.at(-1)?.sent).toMatchObject([{ event: enough }]);
  });

  it('finish what they are at when the code has changed, and serve nothing after it', async () => {
    const { workers, start } = createFakes();
    const pool = createFunctionPool(start);
    const [busy] = fill(pool, 1);

    pool.retire();
    fill(pool, 1);
    workers[0]?.emit('message', 'old code');

    expect(await busy?.answer).toBe('old code');
    expect(workers.map(({ ended }) => ended)).toEqual([true, false]);
    expect(workers[1]?.sent).toMatchObject([{ event: 0 }]);
  });
});
