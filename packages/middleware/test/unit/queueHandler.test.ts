import { type CompiledMessage, defineMessage, objectOf, schema, type ValidateFunction } from '@app/contracts';
import { lambdaContext, sqsEvent, type TestMessage } from '@app/test-support';
import { describe, expect, it } from '@jest/globals';
import { createQueueHandler, MisdirectedMessageError } from '../../src/index.ts';
import { collectLog } from '../support/log.ts';

const log = collectLog();

const text = schema({ type: 'string' });
const flag = schema({ type: 'boolean' });

const contract = defineMessage({
  name: 'work',
  summary: 'Work that fails if it says so',
  body: objectOf({ operation: text, fails: flag, isUseless: flag, name: text }, ['operation']),
});
const validate: ValidateFunction = (judged) => {
  const { body } = judged as { body?: { operation?: unknown } };
  if (typeof body?.operation !== 'string') return false;
  body.operation = body.operation.toLowerCase(); // as a format would
  return true;
};
const work: CompiledMessage<typeof contract> = { name: 'work', validate };

const message = { operation: 'create' };
const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

/** A worker over a queue that only keeps what it was told; messages that say so fail. */
const aWorker = ({ giveUpFails = false, comeBackFails = false } = {}) => {
  const comingBack: [receipt: string, seconds: number][] = [];
  const handled: unknown[] = [];
  const givenUp: unknown[] = [];
  const handler = createQueueHandler({
    worker: 'writer',
    queue: {
      changeVisibility: (receipt, seconds) => {
        comingBack.push([receipt, seconds]);
        return comeBackFails ? Promise.reject(new Error('no such queue')) : Promise.resolve();
      },
    },
    message: work,
    handle: (each, trace) => {
      handled.push({ ...each, trace });
      if (each.isUseless) return Promise.reject(new MisdirectedMessageError('no such request'));
      return each.fails ? Promise.reject(new Error('throttled')) : Promise.resolve('success');
    },
    giveUp: (each) => {
      givenUp.push(each);
      return giveUpFails ? Promise.reject(new Error('still throttled')) : Promise.resolve();
    },
  });
  const deliver = (...messages: TestMessage[]) => handler(sqsEvent(...messages), lambdaContext());
  return { deliver, comingBack, handled, givenUp };
};

const failing = { operation: 'update', fails: true };
const useless: [string, unknown][] = [
  ['cannot be read', 'nonsense'],
  ['is not what its queue carries', { operation: 7 }],
  ['is not in canonical form', { operation: 'UPDATE' }],
  ['is about nothing', { operation: 'update', isUseless: true }],
];

describe('a queue’s handler', () => {
  it('acknowledges what it has dealt with', async () => {
    const worker = aWorker();

    const result = await worker.deliver({ body: message }, { body: message });

    expect(result).toEqual({ batchItemFailures: [] });
    expect(worker.handled).toHaveLength(2);
    expect(worker.comingBack).toEqual([]);
  });

  it('reports what has failed, and nothing of its neighbours', async () => {
    const worker = aWorker();

    const result = await worker.deliver(
      { body: message },
      { body: failing, messageId: 'bad' },
      { body: '{"broken', messageId: 'worse' },
      { body: message },
    );

    expect(new Set(result.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier))).toEqual(
      new Set(['bad', 'worse']),
    );
    expect(worker.handled).toHaveLength(3);
  });

  it('reports the only message of a batch, too, instead of throwing', async () => {
    expect(await aWorker().deliver({ body: failing, messageId: 'bad' })).toEqual({
      batchItemFailures: [{ itemIdentifier: 'bad' }],
    });
  });

  it.each([
    [1, 1],
    [2, 2],
    [3, 4],
    [4, 8],
  ])('has a message that failed on receive %i come back after %i s', async (receiveCount, seconds) => {
    const worker = aWorker();

    await worker.deliver({ body: failing, messageId: 'bad', receiveCount });

    expect(worker.comingBack).toEqual([['receipt of bad', seconds]]);
    expect(worker.givenUp).toEqual([]);
  });

  it.each(useless)('has one that %s come back at once: no neighbour waits for nothing', async (_case, body) => {
    const worker = aWorker();

    await worker.deliver({ body, messageId: 'bad' });

    expect(worker.comingBack).toEqual([['receipt of bad', 0]]);
  });

  it.each(useless)('lets one that %s go to the dead letters, and gives nothing up for it', async (_case, body) => {
    const worker = aWorker();

    const result = await worker.deliver({ body, receiveCount: 5, attributes: { requestId: 'r', traceparent } });

    expect(worker.givenUp).toEqual([]);
    expect(result.batchItemFailures).toHaveLength(1);
    expect(log.lines).toMatchObject([{ outcome: 'dead-lettered', requestId: 'r', receiveCount: 5 }]);
  });

  it('gives up a message that fails on the last receive, and lets it go to the dead letters', async () => {
    const worker = aWorker();

    const result = await worker.deliver({
      body: failing,
      messageId: 'bad',
      receiveCount: 5,
      attributes: { requestId: 'r', traceparent },
    });

    expect(worker.givenUp).toEqual([failing]);
    expect(worker.comingBack).toEqual([['receipt of bad', 0]]);
    expect(result.batchItemFailures).toHaveLength(1);
    expect(log.lines).toMatchObject([{ outcome: 'dead-lettered', requestId: 'r', receiveCount: 5 }]);
  });

  it('reports the message and its own error when neither giving up nor coming back works', async () => {
    const worker = aWorker({ giveUpFails: true, comeBackFails: true });

    const result = await worker.deliver({ body: failing, messageId: 'bad', receiveCount: 5 });

    expect(result.batchItemFailures).toHaveLength(1);
    expect(log.lines).toMatchObject([
      {
        level: 'ERROR',
        error: { message: 'throttled' },
        secondaryErrors: [{ message: 'still throttled' }, { message: 'no such queue' }],
      },
    ]);
  });

  it('hands on the trace that came with the message', async () => {
    const worker = aWorker();

    await worker.deliver({ body: message, attributes: { requestId: 'r', traceparent } });

    expect(worker.handled).toMatchObject([
      {
        trace: {
          requestId: 'r',
          traceparent: expect.stringMatching(/^00-0af7651916cd43dd8448eb211c80319c-[\da-f]{16}-01$/),
        },
      },
    ]);
  });

  it('writes one line for each message, without its body', async () => {
    await aWorker().deliver(
      { body: { ...message, name: 'secret' }, messageId: 'm', attributes: { requestId: 'r', traceparent } },
      { body: { ...failing, name: 'secret' } },
    );

    expect(log.lines).toMatchObject([
      {
        level: 'INFO',
        message: 'message',
        requestId: 'r',
        traceId: '0af7651916cd43dd8448eb211c80319c',
        messageId: 'm',
        worker: 'writer',
        operation: 'create',
        outcome: 'success',
        receiveCount: 1,
        ageMs: expect.any(Number),
        durationMs: expect.any(Number),
      },
      { level: 'ERROR', operation: 'update', outcome: 'failed', error: { message: 'throttled' } },
    ]);
    expect(JSON.stringify(log.lines)).not.toContain('secret');
  });
});
