import { follow } from '@app/contracts/messages/follow';
import { remind } from '@app/contracts/messages/remind';
import { createMemo } from '@app/contracts/operations/createMemo';
import { getMemo } from '@app/contracts/operations/getMemo';
import { listMemos } from '@app/contracts/operations/listMemos';
import { getMemo as getMemoContract, type Memo } from '@app/contracts/samples/memos';
import { created, noContent, ok, page } from '@app/http';
import type { Trace } from '@app/observability';
import type { Queue } from '@app/queue';
import { describe, expect, it } from '@jest/globals';
import { createHttpHandler, createQueueHandler, createSocketHandler } from '../../src/index.ts';

declare const memo: Memo;

/** Each is a handler factory that is never called: what matters is what the compiler says of it (`pnpm check:types`). */
const compiles = {
  documented: () => createHttpHandler(getMemo, async () => ok(memo)),

  aStatusThatIsNotDocumented: () =>
    // @ts-expect-error: getMemo has no 204
    createHttpHandler(getMemo, async () => noContent()),

  anotherStatusWithTheRightBody: () =>
    // @ts-expect-error: getMemo has no 201
    createHttpHandler(getMemo, async () => created({ resource: memo, replayed: false })),

  aBodyThatIsNotDocumented: () =>
    // @ts-expect-error: a memo has more than an id
    createHttpHandler(getMemo, async () => ok({ id: '1' })),

  aFieldOfAnotherType: () =>
    // @ts-expect-error: a title is a string
    createHttpHandler(getMemo, async () => ok({ ...memo, title: 7 })),

  aPageUnderAnotherName: () =>
    // @ts-expect-error: the page's member is named memos
    createHttpHandler(listMemos, async () => page('things', { items: [memo] })),

  aContractWithoutItsValidators: () =>
    // @ts-expect-error: only what is generated from a contract has validators
    createHttpHandler(getMemoContract, async () => ok(memo)),

  aParameterThatIsNotDocumented: () =>
    // @ts-expect-error: the path has an id and nothing else
    createHttpHandler(getMemo, async ({ params: { name } }) => ok({ ...memo, title: name })),

  aFieldThatIsNotInTheBody: () =>
    createHttpHandler(createMemo, async ({ body }) =>
      // @ts-expect-error: a memo's input has no colour
      created({ resource: { ...memo, title: body.colour }, replayed: false }),
    ),

  aHeaderThatIsNotUsed: () =>
    // @ts-expect-error: createMemo does not name If-Match
    createHttpHandler(createMemo, async ({ ifMatch }) => created({ resource: memo, replayed: ifMatch === undefined })),

  noAnswerAtAll: () =>
    // @ts-expect-error: something must be answered
    createHttpHandler(getMemo, async () => {}),
};

/** The same of messages, at both ends. */
const messages = {
  sent: (queue: Queue, trace: Trace) => queue.send(remind, { operation: 'announce', requestId: '1' }, trace),

  aMemberThatIsMissing: (queue: Queue, trace: Trace) =>
    // @ts-expect-error: an announcement names its request
    queue.send(remind, { operation: 'announce' }, trace),

  aMemberOfAnotherBranch: (queue: Queue, trace: Trace) =>
    // @ts-expect-error: only an answer counts attempts
    queue.send(remind, { operation: 'announce', requestId: '1', attempts: 1 }, trace),

  anotherMessage: (queue: Queue, trace: Trace) =>
    // @ts-expect-error: notices announce or answer
    queue.send(remind, { operation: 'get', requestId: '1', owner: 'ada', itemId: '1' }, trace),

  received: (queue: Queue) =>
    createQueueHandler({ worker: 'w', queue, message: follow, handle: async ({ requestId }) => requestId }),

  aMemberThatIsNotReceived: (queue: Queue) =>
    // @ts-expect-error: a message has no colour
    createQueueHandler({ worker: 'w', queue, message: follow, handle: async ({ colour }) => colour }),

  aMemberThatIsNotSaid: () =>
    createSocketHandler({
      route: 'subscribe',
      message: follow,
      // @ts-expect-error: an id is a text
      handle: async ({ message }) => ({ id: message.requestId.length.length }),
    }),
};

describe('createHttpHandler', () => {
  it('takes what an operation documents and refuses the rest when it is compiled', () => {
    expect(Object.keys(compiles)).toHaveLength(11);
  });
});

describe('createQueueHandler, createSocketHandler and a queue', () => {
  it('take what a message documents and refuse the rest when they are compiled', () => {
    expect(Object.keys(messages)).toHaveLength(7);
  });
});
