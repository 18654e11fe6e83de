import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '@app/test-support/time';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  PurgeQueueCommand,
  SetQueueAttributesCommand,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { array, assert, asyncProperty, constantFrom, tuple } from 'fast-check';
import { startSqs } from '../../src/sqs/engine.ts';
import { type KeptSqs, startKeptSqs } from './support/sqs.ts';

const fifo = 'writes.fifo';
const dead = 'dead.fifo';
const deadArn = 'arn:aws:sqs:eu-west-1:000000000000:dead.fifo';
const mostReceives = 3;
let sqs: KeptSqs;

beforeEach(async () => {
  sqs = await startKeptSqs();
});
afterEach(() => sqs.remove());

const createFifo = async () => {
  await sqs.create(dead, { FifoQueue: 'true' });
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: deadArn, maxReceiveCount: mostReceives });
  await sqs.create(fifo, { FifoQueue: 'true', VisibilityTimeout: '600', RedrivePolicy });
};
const sendTo = (group: string, body: string) =>
  sqs.send(fifo, body, { MessageGroupId: group, MessageDeduplicationId: body });
const release = ({ ReceiptHandle }: Message, VisibilityTimeout = 0, queue = fifo) =>
  sqs.client().send(new ChangeMessageVisibilityCommand({ QueueUrl: sqs.url(queue), ReceiptHandle, VisibilityTimeout }));
const remove = ({ ReceiptHandle }: Message, queue = fifo) =>
  sqs.client().send(new DeleteMessageCommand({ QueueUrl: sqs.url(queue), ReceiptHandle }));
const receives = ({ Attributes = {} }: Message) => Number(Attributes.ApproximateReceiveCount);

/** Takes out all that is there, in its order. */
const drain = async (queue: string) => {
  const bodies: string[] = [];
  for (let round = 0; round < 200; round += 1) {
    const messages = await sqs.receive(queue);
    if (messages.length === 0) return bodies;
    for (const message of messages) {
      bodies.push(message.Body ?? '');
      await remove(message, queue);
    }
  }
  return bodies;
};

interface Modelled {
  readonly body: string;
  receives: number;
}
const groups = ['a', 'b', 'c'] as const;
/** What a FIFO queue and its dead letters must hold, by group and in order. */
const createModel = () => {
  const waiting = new Map<string, Modelled[]>(groups.map((group) => [group, []]));
  return { waiting, dead: [] as string[], held: new Map<string, { group: string; message: Message }>(), sent: 0 };
};
type Model = ReturnType<typeof createModel>;

const receiveAll = async (model: Model) => {
  const expected = new Map<string, Modelled>();
  for (const [group, messages] of model.waiting) {
    if (model.held.has(group)) continue;
    while (messages[0] && messages[0].receives === mostReceives) model.dead.push(messages.shift()?.body ?? '');
    if (messages[0]) expected.set(group, messages[0]);
  }
  const received = await sqs.receive(fifo);
  expect(received.map(({ Body = '' }) => Body).toSorted()).toEqual(
    [...expected.values()].map(({ body }) => body).toSorted(),
  );
  for (const message of received) {
    const group = message.Attributes?.MessageGroupId ?? '';
    const modelled = expected.get(group);
    if (modelled) modelled.receives += 1;
    expect([message.Body, receives(message)]).toEqual([modelled?.body, modelled?.receives]);
    model.held.set(group, { group, message });
  }
};
const steps: Readonly<Record<string, (model: Model, group: string) => Promise<unknown>>> = {
  send: async (model, group) => {
    model.sent += 1;
    const body = `${group}${model.sent}`;
    model.waiting.get(group)?.push({ body, receives: 0 });
    const { SequenceNumber } = await sendTo(group, body);
    expect(Number(SequenceNumber)).toBe(model.sent); // goes on over kills
  },
  sendAgain: async (model) => {
    if (model.sent === 0) return;
    const first = [...groups].find((group) => model.waiting.get(group)?.length);
    const body = first && model.waiting.get(first)?.at(-1)?.body;
    if (first && body) await sendTo(first, body); // a duplicate, which changes nothing
  },
  receive: receiveAll,
  remove: async (model, group) => {
    const held = model.held.get(group);
    if (!held) return;
    await remove(held.message);
    model.held.delete(group);
    model.waiting.get(group)?.shift();
  },
  release: async (model, group) => {
    const held = model.held.get(group);
    if (!held) return;
    await release(held.message);
    model.held.delete(group);
  },
  prolong: async (model, group) => {
    const held = model.held.get(group);
    if (held) await release(held.message, 900);
  },
  tag: () => sqs.client().send(new TagQueueCommand({ QueueUrl: sqs.url(fifo), Tags: { by: 'test' } })),
  untag: () => sqs.client().send(new UntagQueueCommand({ QueueUrl: sqs.url(fifo), TagKeys: ['by'] })),
  kill: async (model) => {
    await sqs.kill();
    model.held.clear(); // nobody holds anything: it can be received at once
  },
};

describe('a queue whose process is killed at any moment', () => {
  it('has the same messages, in the same order, with as many receives, and knows what it was sent before', async () => {
    const step = constantFrom(...Object.keys(steps), 'send', 'send', 'receive', 'receive', 'release', 'kill');
    const run = array(tuple(step, constantFrom(...groups)), { minLength: 10, maxLength: 60 });

    await assert(
      asyncProperty(run, async (all) => {
        const model = createModel();
        for (const [name, group] of all) await steps[name]?.(model, group);
        await steps['kill']?.(model, '');

        const left = await drain(fifo);
        const doomed = (messages: readonly Modelled[]) => messages.filter((each) => each.receives === mostReceives);
        for (const [group, messages] of model.waiting) {
          const alive = messages.filter((each) => each.receives < mostReceives);
          expect(left.filter((body) => body.startsWith(group))).toEqual(alive.map(({ body }) => body));
          model.dead.push(...doomed(messages).map(({ body }) => body));
        }
        expect((await drain(dead)).toSorted()).toEqual(model.dead.toSorted());
      }).beforeEach(async () => {
        await sqs.remove();
        sqs = await startKeptSqs();
        await createFifo();
      }),
      { numRuns: process.env['CI'] ? 30 : 12 },
    );
  });

  it('gives back what was under way at once, and what is delayed when its delay is over', async () => {
    await sqs.create('reads', { VisibilityTimeout: '600' });
    await sqs.send('reads', 'under way');
    await sqs.send('reads', 'delayed', { DelaySeconds: 2 });
    await sqs.receive('reads');

    await sqs.kill();

    expect((await sqs.receive('reads')).map(({ Body, ...more }) => [Body, receives(more)])).toEqual([['under way', 2]]);
    const [late] = await sqs.receive('reads', { WaitTimeSeconds: 5 });
    expect([late?.Body, late && receives(late)]).toEqual(['delayed', 1]);
  });

  it('has its attributes, tags and messages’ attributes still, and stays empty when it was emptied', async () => {
    const attributes = { trace: { DataType: 'String', StringValue: 'ä😀' } };
    await sqs.create('reads', { VisibilityTimeout: '7' });
    await sqs.client().send(
      new SetQueueAttributesCommand({
        QueueUrl: sqs.url('reads'),
        Attributes: { DelaySeconds: '0', VisibilityTimeout: '9' },
      }),
    );
    await sqs.send('reads', 'ü😀', { MessageAttributes: attributes });
    await sqs.create('emptied');
    await sqs.send('emptied', 'gone');
    await sqs.client().send(new PurgeQueueCommand({ QueueUrl: sqs.url('emptied') }));

    await sqs.kill();

    expect(await sqs.attributes('reads')).toMatchObject({ VisibilityTimeout: '9' });
    expect(await sqs.receive('emptied')).toEqual([]);
    expect(await sqs.receive('reads')).toEqual([
      expect.objectContaining({
        Body: 'ü😀',
        MessageAttributes: attributes,
        MD5OfMessageAttributes: expect.any(String),
      }),
    ]);
  });

  it('has forgotten what is past its retention period', async () => {
    await sqs.create('brief', { MessageRetentionPeriod: '60' });
    await sqs.send('brief', 'kept');
    await sqs.stop();
    const { openDatabase } = await import('../../src/sqs/database.ts');
    const database = openDatabase(sqs.folder());
    database.exec(`INSERT INTO messages (id, queue, sent, receives, message)
      SELECT 'old', queue, sent - 61000, 0, message FROM messages`);
    database.close();

    await sqs.start();

    expect((await sqs.receive('brief')).map(({ Body }) => Body)).toEqual(['kept']);
  });
});

describe('a receive whose caller has gone', () => {
  it('holds no message: the next caller gets it at once', async () => {
    await sqs.create(fifo, { FifoQueue: 'true', VisibilityTimeout: '600' });
    const gone = new AbortController();
    const waiting = fetch(sqs.url('').replace(/\/0+\/$/, ''), {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.ReceiveMessage' },
      body: JSON.stringify({ QueueUrl: sqs.url(fifo), WaitTimeSeconds: 20 }),
      signal: gone.signal,
    }).catch(() => undefined);
    await sqs.attributes(fifo); // by now the other request is waiting
    gone.abort();
    await waiting;

    await sqs.attributes(fifo);
    await sendTo('a', 'once');

    let received: readonly Message[] = [];
    await eventually(async () => (received = await sqs.receive(fifo)).length > 0);
    expect(received.map(({ Body }) => Body)).toEqual(['once']);
  });
});

describe('a start', () => {
  it('is refused, naming the file, while another has the folder', async () => {
    const second = startSqs({ port: 0, folder: sqs.folder() });

    await expect(second).rejects.toThrow(/queues\.sqlite cannot be opened: another process uses it/);
  });

  it.each<[string, (folder: string, file: string) => Promise<unknown>]>([
    ['no database', (_, file) => writeFile(file, 'no database at all, but long enough '.repeat(200))],
    ['torn', async (_, file) => writeFile(file, (await readFile(file)).fill(7, 100, 3000))],
    ['cut off', async (_, file) => writeFile(file, (await readFile(file)).subarray(0, 5000))],
    ['a folder', async (_, file) => rm(file).then(() => mkdir(file))],
    ['in a file', async (folder) => rm(folder, { recursive: true }).then(() => writeFile(folder, ''))],
  ])('is refused, naming the file and what to do, when that is %s', async (_, damage) => {
    await sqs.create('any');
    await sqs.stop();
    await damage(sqs.folder(), join(sqs.folder(), 'queues.sqlite'));

    await expect(startSqs({ port: 0, folder: sqs.folder() })).rejects.toThrow(
      /queues\.sqlite cannot be opened: .*--fresh/,
    );

    await rm(sqs.folder(), { recursive: true });
    await sqs.start();
  });
});
