import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Sqs, startSqs } from '@app/local-cloud/src/sqs/engine.ts';
import { createQueues } from '@app/local-cloud/src/sqs/queues/createQueues.ts';
import { queueUrl } from '@app/local-cloud/src/template/resources.ts';
import { type FaultProxy, startFaultProxy } from '@app/test-support/faultProxy';
import {
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

const script = resolve(import.meta.dirname, '../../src/dlq.ts');
const arn = (name: string) => `arn:aws:sqs:eu-west-1:000000000000:${name}`;
let engine: Sqs;
let proxy: FaultProxy;
let client: SQSClient;
let writes: string;
let dead: string;
let reads: string;
let deadReads: string;

/** `pnpm dlq …` with the engine behind the proxy. */
const dlq = async (...args: string[]) => {
  const { NODE_OPTIONS: _ofTests, ...inherited } = process.env;
  const env = { ...inherited, AWS_ENDPOINT_URL_SQS: proxy.url };
  const run = promisify(execFile)(process.execPath, [script, ...args], { env });
  const { stdout, stderr } = await run.catch((error: { stdout: string; stderr: string }) => error);
  return { output: stdout, error: stderr };
};
const put = async (queue: string, body: string, group?: string) => {
  const MessageAttributes = { requestId: { DataType: 'String', StringValue: `of ${body}` } };
  const fifo = group ? { MessageGroupId: group, MessageDeduplicationId: randomUUID() } : {};
  const input = { QueueUrl: queueUrl(engine.endpoint, queue), MessageBody: body, MessageAttributes, ...fifo };
  return (await client.send(new SendMessageCommand(input))).MessageId ?? '';
};
/** All that can be received, and is gone then. */
const drain = async (queue: string) => {
  const QueueUrl = queueUrl(engine.endpoint, queue);
  const all: Message[] = [];
  for (;;) {
    const names = { MessageSystemAttributeNames: ['All' as const], MessageAttributeNames: ['All'] };
    const input = { QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 60, ...names };
    const { Messages = [] } = await client.send(new ReceiveMessageCommand(input));
    if (Messages.length === 0) return all;
    all.push(...Messages);
    for (const { ReceiptHandle } of Messages) await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  }
};
const bodies = async (queue: string) => (await drain(queue)).map(({ Body }) => Body);

beforeAll(async () => {
  engine = await startSqs({ port: 0 });
  const credentials = { accessKeyId: 'MockAccessKeyId', secretAccessKey: 'MockSecretAccessKey' };
  client = new SQSClient({ endpoint: engine.endpoint, region: 'eu-west-1', credentials });
  proxy = await startFaultProxy({ target: engine.endpoint });
});
beforeEach(async () => {
  const service = `s${randomUUID().slice(0, 8)}`;
  [writes, dead] = [`${service}-writes-dev.fifo`, `${service}-writes-dlq-dev.fifo`];
  [reads, deadReads] = [`${service}-reads-dev`, `${service}-reads-dlq-dev`];
  const redrivePolicy = (name: string) => JSON.stringify({ deadLetterTargetArn: arn(name), maxReceiveCount: 5 });
  await createQueues(client, [
    { name: dead, attributes: { FifoQueue: 'true' } },
    { name: writes, attributes: { FifoQueue: 'true', RedrivePolicy: redrivePolicy(dead) } },
    { name: deadReads, attributes: {} },
    { name: reads, attributes: { RedrivePolicy: redrivePolicy(deadReads) } },
  ]);
  proxy.clear();
});
afterAll(async () => {
  client.destroy();
  await proxy.stop();
  await engine.stop();
});

describe('pnpm dlq', () => {
  it('lists dead-letter queues, how much is in them, and where it comes from', async () => {
    await put(deadReads, 'one');

    const { output } = await dlq('list');

    expect(output).toMatch(new RegExp(`^${dead} +0 +${writes}$`, 'm'));
    expect(output).toMatch(new RegExp(`^${deadReads} +1 +${reads}$`, 'm'));
    expect(output).not.toMatch(new RegExp(`^${reads} `, 'm'));
  });

  it('shows messages with their attributes, and leaves them where they are, in their order', async () => {
    const id = await put(dead, '{"a":1}', 'item-1');
    await put(dead, '{"a":2}', 'item-1');

    const { output } = await dlq('show', dead);

    expect(output).toMatch(new RegExp(`^${id} +sent \\S+Z +group=item-1 +requestId=of \\{"a":1\\}$`, 'm'));
    expect(output).toContain('1 more');
    expect(await bodies(dead)).toEqual(['{"a":1}', '{"a":2}']);
  });

  it('sends all back in the order of their groups, as they were, and lets none go round twice', async () => {
    for (const body of ['1', '2', '3']) await put(dead, body, 'item-1');

    const { output } = await dlq('redrive', dead);

    expect(output).toContain(`3 of 3 messages went from ${dead} back to ${writes}.`);
    const sent = await drain(writes);
    expect(sent.map(({ Body }) => Body)).toEqual(['1', '2', '3']);
    expect(sent[0]).toMatchObject({
      Attributes: { MessageGroupId: 'item-1' },
      MessageAttributes: { requestId: { DataType: 'String', StringValue: 'of 1' } },
    });
    expect(await bodies(dead)).toEqual([]);
  });

  it('sends back the one that is named, and no other', async () => {
    const ids = await Promise.all(['1', '2', '3'].map((body) => put(deadReads, body)));

    await dlq('redrive', deadReads, '--message', ids[1] ?? '');
    const unknown = await dlq('redrive', deadReads, '--message', 'unknown');

    expect(unknown.error).toContain('unknown was not found');
    expect(await bodies(reads)).toEqual(['2']);
    expect(new Set(await bodies(deadReads))).toEqual(new Set(['1', '3']));
  });

  it('loses nothing and sends nothing twice when it dies between sending and deleting', async () => {
    for (const body of ['1', '2']) await put(dead, body, 'item-1');
    proxy.add({ kind: 'error', operations: ['DeleteMessage'] });
    const { error } = await dlq('redrive', dead);
    proxy.clear();

    const again = await dlq('redrive', dead);

    expect(error).not.toBe('');
    expect(again.output).toContain('2 of 2');
    expect(await bodies(writes)).toEqual(['1', '2']);
  });

  it('keeps what cannot be sent', async () => {
    await put(deadReads, '1');
    proxy.add({ kind: 'error', operations: ['SendMessage'] });

    await dlq('redrive', deadReads);

    expect([await bodies(reads), await bodies(deadReads)]).toEqual([[], ['1']]);
  });

  it('names the queues there are when it is not told which', async () => {
    const { error } = await dlq('show', 'nonsense');

    expect(error).toContain('Which queue?');
    expect(error).toContain(dead);
  });
});
