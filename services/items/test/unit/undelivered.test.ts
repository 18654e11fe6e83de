import { logger } from '@app/observability';
import { collectLogLines, lambdaContext, sqsEvent } from '@app/test-support';
import { ApiGatewayManagementApiClient, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { DeleteCommand, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../src/handlers/notifier.ts';
import { dynamodb, resetAws, sent, sqs } from '../support/aws.ts';
import { anItem, aRequestRow, requestId } from '../support/rows.ts';

const sockets = mockClient(ApiGatewayManagementApiClient);

const deliver = (body: object, receiveCount = 1) =>
  handler(sqsEvent({ body, receiveCount, attributes: { requestId } }), lambdaContext());

const longAgo = '2026-01-01T00:00:00.000Z';
const justNow = () => new Date().toISOString();

const answered = (status: number, name: string) =>
  Object.assign(new Error(`HTTP ${status}`), { name, $metadata: { httpStatusCode: status } });

/** What a post can come to, and when the connection was opened. */
const failures: readonly (readonly [failure: string, error: Error, connectedAt: () => string])[] = [
  ['has left before it was open', answered(410, 'GoneException'), justNow],
  ['is not open yet', answered(410, 'Unknown'), justNow],
  ['was opened by a clock that is ahead', answered(410, 'GoneException'), () => '2999-01-01T00:00:00.000Z'],
  ['takes nothing in time', Object.assign(new Error('no answer'), { name: 'TimeoutError' }), () => longAgo],
  ['does not read what it is sent', answered(429, 'LimitExceededException'), () => longAgo],
  ['is throttled', answered(429, 'TooManyRequestsException'), justNow],
  ['fails with 500', answered(500, 'InternalServerError'), () => longAgo],
  ['fails with 502', answered(502, 'Unknown'), justNow],
  ['fails with 503', answered(503, 'ServiceUnavailable'), () => longAgo],
  ['is refused', answered(403, 'ForbiddenException'), () => longAgo],
  ['cannot be reached', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), () => longAgo],
  ['fails without a reason', new Error(''), () => longAgo],
];

const ofTheClient = failures.slice(0, 6);
const ofOthers = failures.slice(6);

const posted = () => sockets.commandCalls(PostToConnectionCommand).map(({ args: [{ input }] }) => input.ConnectionId);
const delays = () => sqs.commandCalls(SendMessageCommand).map(({ args: [{ input }] }) => input.DelaySeconds);

let log: ReturnType<typeof collectLogLines>;
const lines = (level: string) => log.lines.filter((line) => line.level === level);

/** c1 cannot be reached; c0 and c2 can. */
const arrange = ([, error, connectedAt]: (typeof failures)[number]) => {
  sockets.on(PostToConnectionCommand, { ConnectionId: 'c1' }).rejects(error);
  dynamodb.on(GetCommand).resolves({ Item: aRequestRow({ status: 'success', result: anItem() }) });
  dynamodb.on(QueryCommand).resolves({
    Items: ['c0', 'c1', 'c2'].map((connectionId) => ({
      requestId,
      connectionId,
      ownerId: 'public',
      connectedAt: connectedAt(),
    })),
  });
};

/** Delivers what was sent last, until nothing more is sent. */
const deliverAll = async (first: object) => {
  const results = [await deliver(first)];
  for (let seen = 0; seen < sent().length && results.length < 20; seen++)
    results.push(await deliver(sent()[seen]?.body ?? {}));
  return results.flatMap(({ batchItemFailures }) => batchItemFailures);
};

beforeEach(() => {
  resetAws();
  sockets.reset();
  sockets.onAnyCommand().resolves({});
  logger.setLogLevel('INFO');
  log = collectLogLines();
});

afterEach(() => {
  log.stop();
  logger.setLogLevel('SILENT');
});

describe('an announcement', () => {
  it.each(failures)('is done, and tells the others once, when one subscriber %s', async (...failure) => {
    arrange(failure);

    expect(await deliver({ operation: 'announce', requestId })).toEqual({ batchItemFailures: [] });

    expect(posted()).toEqual(['c0', 'c1', 'c2']);
    expect(lines('ERROR')).toEqual([]);
    expect(sent()).toMatchObject([
      { body: { operation: 'answer', requestId, owner: 'public', connectionId: 'c1', attempts: 1 }, requestId },
    ]);
    expect(delays()).toEqual([1]);
  });

  it.each(ofOthers)('says in the log why one was not reached that %s', async (...failure) => {
    arrange(failure);

    await deliver({ operation: 'announce', requestId });

    const [, { name, message }] = failure;
    expect(lines('WARN')).toMatchObject([
      { message: 'not delivered', requestId, connectionId: 'c1', error: { name, message } },
    ]);
  });

  it('does not wait for one that hangs before it tells the others', async () => {
    arrange(['hangs', new Error('never seen'), () => longAgo]);
    let release = () => {};
    const hanging = new Promise<void>((resolve) => (release = resolve));
    sockets.on(PostToConnectionCommand, { ConnectionId: 'c0' }).callsFake(() => hanging);

    const announced = deliver({ operation: 'announce', requestId });
    for (let turn = 0; turn < 100 && posted().length < 3; turn++) await new Promise(setImmediate);

    expect(posted()).toEqual(['c0', 'c1', 'c2']);
    release();
    await announced;
  });

  it('comes back when one could neither be reached nor postponed', async () => {
    arrange(['fails', answered(500, 'InternalServerError'), () => longAgo]);
    sqs.on(SendMessageCommand).rejects(new Error('the queue is away'));

    expect((await deliver({ operation: 'announce', requestId })).batchItemFailures).toHaveLength(1);
    expect(lines('ERROR')).toMatchObject([{ error: { errors: [{ message: 'the queue is away' }] } }]);
  });
});

describe('a subscriber that', () => {
  it.each(ofTheClient)('%s is tried five times, and let go without an error or a dead letter', async (...failure) => {
    arrange(failure);

    expect(await deliverAll({ operation: 'announce', requestId })).toEqual([]);

    expect(posted().filter((id) => id === 'c1')).toHaveLength(5);
    expect(posted().filter((id) => id !== 'c1')).toEqual(['c0', 'c2']);
    expect(delays()).toEqual([1, 2, 4, 8]);
    expect(lines('ERROR')).toEqual([]);
    expect(dynamodb.commandCalls(DeleteCommand).map(({ args: [{ input }] }) => input.Key)).toEqual([
      { requestId, connectionId: 'c1' },
    ]);
  });

  it.each(ofTheClient)('%s, and has come late, ends so, too', async (...failure) => {
    arrange(failure);
    const late = { operation: 'answer', requestId, owner: 'public', connectionId: 'c1', connectedAt: failure[2]() };

    expect(await deliverAll(late)).toEqual([]);

    expect(posted()).toHaveLength(5);
    expect(lines('ERROR')).toEqual([]);
  });

  it.each(ofOthers)('%s is the operator’s to know of: the line says who and why', async (...failure) => {
    arrange(failure);
    const again = { operation: 'answer', requestId, owner: 'public', connectionId: 'c1', connectedAt: longAgo };

    expect((await deliver({ ...again, attempts: 1 })).batchItemFailures).toHaveLength(1);

    const [, { name, message }] = failure;
    expect(lines('ERROR')).toMatchObject([
      { requestId, error: { message: 'Connection c1 could not be reached', cause: { name, message } } },
    ]);
    expect(posted()).toEqual(['c1']);
  });

  it('can be told at last is told once', async () => {
    arrange(['fails', answered(500, 'InternalServerError'), () => longAgo]);
    await deliver({ operation: 'announce', requestId });
    sockets.on(PostToConnectionCommand, { ConnectionId: 'c1' }).resolves({});

    await deliver(sent()[0]?.body ?? {});

    expect(posted()).toEqual(['c0', 'c1', 'c2', 'c1']);
    expect(sent()).toHaveLength(1);
  });
});
