import { follow } from '@app/contracts/messages/follow';
import { remind } from '@app/contracts/messages/remind';
import { getMemo } from '@app/contracts/operations/getMemo';
import { ok } from '@app/http';
import { addReadCapacity, logger } from '@app/observability';
import { httpApiEvent, lambdaContext, restApiEvent, socketEvent, sqsEvent } from '@app/test-support';
import { letPass } from '@app/test-support/time';
import { describe, expect, it } from '@jest/globals';
import {
  createHttpHandler,
  createObjectEventHandler,
  createQueueHandler,
  createScheduledHandler,
  createSocketHandler,
  createStreamHandler,
} from '../../src/index.ts';
import { collectLog } from '../support/log.ts';

const log = collectLog();
const id = '0b0e7a52-6f0c-4f7b-9a53-0d3e5f3f3f10';
const queue = { changeVisibility: () => Promise.resolve() };

const announcement = { operation: 'announce', requestId: id };

type Line = Readonly<Record<string, unknown>>;

/** What each handler's work does: it waits, calls the database and says something. */
const work = async () => {
  await letPass(1, 'work takes time');
  addReadCapacity(0.5);
  logger.info('inside');
  return 'done';
};

const createdAt = '2026-01-01T00:00:00.000Z';
const memo = { id, title: 't', content: '', version: 1, createdAt, updatedAt: createdAt };
const getsMemo = () =>
  createHttpHandler(getMemo, async () => {
    await work();
    return ok(memo);
  });
const record = { eventTime: new Date().toISOString(), eventName: 'ObjectCreated:Put', s3: { object: { key: 'k' } } };

/** One call of a handler for each trigger, with the message of its line. */
const triggers: readonly (readonly [kind: string, call: () => Promise<unknown>])[] = [
  ['request', () => getsMemo()(httpApiEvent({ params: { id }, path: `/memos/${id}` }), lambdaContext())],
  ['request', () => getsMemo()(restApiEvent({ params: { id }, path: `/memos/${id}` }), lambdaContext())],
  [
    'message',
    () =>
      createQueueHandler({ worker: 'w', queue, message: remind, handle: work })(
        sqsEvent({ body: announcement }),
        lambdaContext(),
      ),
  ],
  [
    'socket',
    () =>
      createSocketHandler({ route: 'r', message: follow, handle: async () => ({ said: await work() }) })(
        socketEvent({ body: { action: 'subscribe', requestId: id } }),
        lambdaContext(),
      ),
  ],
  [
    'change',
    () =>
      createStreamHandler({ worker: 'w', handle: work })(
        { Records: [{ eventID: '1', eventName: 'REMOVE', dynamodb: { SequenceNumber: '1' } }] },
        lambdaContext(),
      ),
  ],
  [
    'object event',
    () =>
      createObjectEventHandler({ worker: 'w', handle: work })(
        { Records: [record] } as unknown as Parameters<ReturnType<typeof createObjectEventHandler>>[0],
        lambdaContext(),
      ),
  ],
  ['schedule', () => createScheduledHandler({ worker: 'w', handle: work })({}, lambdaContext())],
];

const own = (kind: string) => log.lines.filter(({ message }) => message === kind);
const idsOf = ({ requestId, traceId, lambdaRequestId }: Line) => ({ requestId, traceId, lambdaRequestId });

describe.each(triggers)('the work of a %s (%#)', (kind, call) => {
  it('ends with one line of the same form', async () => {
    await call();

    expect(own(kind)).toMatchObject([
      {
        level: 'INFO',
        traceId: expect.stringMatching(/^[\da-f]{32}$/),
        lambdaRequestId: expect.any(String),
        durationMs: expect.any(Number),
        coldStart: expect.any(Boolean),
      },
    ]);
  });

  it('has its ids on every line that is written meanwhile', async () => {
    await call();

    const [line] = own(kind);
    expect(own('inside').map(idsOf)).toEqual([idsOf(line ?? {})]);
  });
});

describe('pieces of work that run side by side', () => {
  const remindAll = (count: number) =>
    createQueueHandler({
      worker: 'w',
      queue,
      message: remind,
      handle: async (_body, { requestId }) => {
        await letPass(Math.random() * 5, 'each message takes its own time');
        addReadCapacity(1);
        logger.info('inside', { asked: requestId });
        return 'done';
      },
    })(
      sqsEvent(
        ...Array.from({ length: count }, (_, index) => ({
          body: announcement,
          attributes: { requestId: `request-${index}` },
        })),
      ),
      lambdaContext(),
    );

  it('keep their ids and their capacity apart', async () => {
    await remindAll(10);

    const asked = own('inside').map(({ asked: each }) => each);
    expect(own('inside').map(({ requestId }) => requestId)).toEqual(asked);
    expect(new Set(asked).size).toBe(10);
    expect(own('message').map(({ consumedCapacity }) => consumedCapacity)).toEqual(
      Array.from({ length: 10 }, () => ({ read: 1, write: 0 })),
    );
  });
});
