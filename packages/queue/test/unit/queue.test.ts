import type { CompiledMessage } from '@app/contracts';
import { ChangeMessageVisibilityCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { createQueue } from '../../src/index.ts';

const sqs = mockClient(SQSClient);
const queue = createQueue(new SQSClient({}), 'https://sqs/queue');
const isNote = (judged: unknown) => !('isWrong' in (judged as { body: object }).body);
const note: CompiledMessage = { name: 'note', validate: isNote };
const trace = { requestId: 'r', traceparent: '00-a-b-00' };

const inputsOf = (command: typeof SendMessageCommand | typeof ChangeMessageVisibilityCommand) =>
  sqs.calls().flatMap(({ args: [sent] }) => (sent instanceof command ? [sent.input] : []));

beforeEach(() => {
  sqs.reset();
});

describe('a queue', () => {
  it('is sent a message with its trace as attributes', async () => {
    sqs.on(SendMessageCommand).resolves({});

    await queue.send(note, { a: 1 }, trace);

    expect(inputsOf(SendMessageCommand)).toEqual([
      {
        QueueUrl: 'https://sqs/queue',
        MessageBody: '{"a":1}',
        MessageAttributes: {
          requestId: { DataType: 'String', StringValue: 'r' },
          traceparent: { DataType: 'String', StringValue: '00-a-b-00' },
        },
      },
    ]);
  });

  it('that is ordered is sent the group, and what tells one message from another', async () => {
    sqs.on(SendMessageCommand).resolves({});

    await queue.send(note, {}, trace, { group: 'g', deduplication: 'd' });

    expect(inputsOf(SendMessageCommand)).toMatchObject([{ MessageGroupId: 'g', MessageDeduplicationId: 'd' }]);
  });

  it('holds a message back for so many seconds', async () => {
    sqs.on(SendMessageCommand).resolves({});

    await queue.send(note, {}, trace, { delay: 4 });

    expect(inputsOf(SendMessageCommand)).toMatchObject([{ DelaySeconds: 4 }]);
  });

  it('is sent texts in characters that SQS takes, which read as they were', async () => {
    sqs.on(SendMessageCommand).resolves({});
    const message = { text: 'Käse 🧀 \uffff\ufffe\u0001\n 中文', '🔑': [1] };

    await queue.send(note, message, trace);

    const { MessageBody = '' } = sqs.commandCalls(SendMessageCommand)[0]?.args[0].input ?? {};
    expect(MessageBody).toMatch(/^[\x20-\ud7ff\ue000-\ufffd]*$/);
    expect(JSON.parse(MessageBody)).toEqual(message);
  });

  it('throws what keeps it from storing a message', async () => {
    sqs.on(SendMessageCommand).rejects(new Error('unreachable'));

    await expect(queue.send(note, {}, trace)).rejects.toThrow('unreachable');
  });

  it('is not sent what its contract does not allow', async () => {
    await expect(queue.send(note, { isWrong: true }, trace)).rejects.toThrow('This is not a note');
    expect(sqs.calls()).toHaveLength(0);
  });

  it('has a message come back after so many seconds', async () => {
    sqs.on(ChangeMessageVisibilityCommand).resolves({});

    await queue.changeVisibility('receipt', 4);

    expect(inputsOf(ChangeMessageVisibilityCommand)).toEqual([
      { QueueUrl: 'https://sqs/queue', ReceiptHandle: 'receipt', VisibilityTimeout: 4 },
    ]);
  });
});
