import { UnavailableError } from '@app/resource';
import { lambdaContext, socketEvent } from '@app/test-support';
import { DeleteCommand, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { handler as connect } from '../../src/handlers/connect.ts';
import { handler as disconnect } from '../../src/handlers/disconnect.ts';
import { handler as ping } from '../../src/handlers/ping.ts';
import { handler as subscribe } from '../../src/handlers/subscribe.ts';
import { handler as unknownAction } from '../../src/handlers/unknownAction.ts';
import { handler as unsubscribe } from '../../src/handlers/unsubscribe.ts';
import { dynamodb, resetAws, sent, sqs } from '../support/aws.ts';
import { aRequestRow, requestId } from '../support/rows.ts';

const connectedAt = Date.parse('2026-03-02T08:15:00.000Z');

const send = async (handler: typeof connect, event: Parameters<typeof socketEvent>[0]) => {
  const { statusCode, body } = await handler(
    socketEvent({ connectionId: 'c1', connectedAt, ...event }),
    lambdaContext(),
  );
  return { statusCode, reply: body === undefined ? undefined : (JSON.parse(body) as unknown) };
};

const opening = (query?: Record<string, string>) => send(connect, { eventType: 'CONNECT', ...(query && { query }) });

const known = (fields: Parameters<typeof aRequestRow>[0] = {}) =>
  dynamodb.on(GetCommand).resolves({ Item: aRequestRow(fields) });

const commands = () => dynamodb.calls().map(({ args: [command] }) => command.constructor.name);

beforeEach(resetAws);

describe('$connect', () => {
  it('opens a connection that asks for nothing, and keeps nothing of it', async () => {
    expect(await opening()).toEqual({ statusCode: 200, reply: undefined });
    expect(commands()).toEqual([]);
  });

  it('subscribes first and reads the request after, consistently', async () => {
    known();

    expect(await opening({ requestId: requestId.toUpperCase() })).toEqual({ statusCode: 200, reply: undefined });

    expect(commands()).toEqual(['PutCommand', 'GetCommand']);
    expect(dynamodb.commandCalls(PutCommand)[0]?.args[0].input).toMatchObject({
      TableName: 'items-connections-dev',
      Item: { requestId, connectionId: 'c1', ownerId: 'public', ttl: connectedAt / 1000 + 7200 },
    });
    expect(dynamodb.commandCalls(GetCommand)[0]?.args[0].input.ConsistentRead).toBe(true);
    expect(sent()).toEqual([]);
  });

  it('has one told who comes when the request is complete', async () => {
    known({ status: 'success' });

    await opening({ requestId });

    expect(sent()).toMatchObject([
      {
        queue: 'items-notifications-dev',
        body: {
          operation: 'answer',
          requestId,
          connectionId: 'c1',
          owner: 'public',
          connectedAt: '2026-03-02T08:15:00.000Z',
        },
      },
    ]);
  });

  it.each([
    ['there is none', requestId, () => dynamodb.on(GetCommand).resolves({})],
    ['is somebody else’s', requestId, () => known({ ownerId: 'alice' })],
  ])('opens a connection for a request that %s, and has that told', async (_case, id, arrange) => {
    arrange();

    expect((await opening({ requestId: id })).statusCode).toBe(200);

    expect(sent()).toMatchObject([{ body: { operation: 'answer', requestId: id, connectionId: 'c1' } }]);
    expect(dynamodb.commandCalls(DeleteCommand)).toHaveLength(dynamodb.commandCalls(PutCommand).length);
  });

  it.each([
    '',
    ' ',
    'nonsense',
    requestId.slice(1),
    `${requestId}0`,
    ` ${requestId}`,
    `${requestId},${requestId}`,
    requestId.replaceAll('-', ''),
    `{${requestId}}`,
    `${requestId.slice(0, 35)}😀`,
    `${'a'.repeat(35)}😀`,
    '\ud83d',
    '\0',
    'ü'.repeat(36),
    'undefined',
    'x'.repeat(100_000),
  ])('refuses a connection for what is no id, and has nothing told (%#)', async (id) => {
    expect((await opening({ requestId: id })).statusCode).toBe(400);

    expect([commands(), sent()]).toEqual([[], []]);
  });

  it('refuses the connection when it could not have it told', async () => {
    known({ status: 'success' });
    sqs.rejects(new UnavailableError('slow'));

    expect((await opening({ requestId })).statusCode).toBe(503);
  });
});

describe('subscribe', () => {
  it('replies that the connection is subscribed', async () => {
    known();

    expect(await send(subscribe, { body: { action: 'subscribe', requestId } })).toEqual({
      statusCode: 200,
      reply: { type: 'subscribed', requestId },
    });
    expect(sent()).toEqual([]);
  });

  it('has one told who subscribes when the request is complete', async () => {
    known({ status: 'error' });

    await send(subscribe, { body: { action: 'subscribe', requestId } });

    expect(sent()).toMatchObject([{ body: { operation: 'answer', requestId, connectionId: 'c1' } }]);
  });

  it.each([
    ['a request of somebody else', { requestId }, 'not-found'],
    ['no request', {}, 'invalid-request'],
    ['what is no id', { requestId: 'x' }, 'invalid-request'],
    ['a number', { requestId: 7 }, 'invalid-request'],
  ])('refuses %s', async (_case, body, code) => {
    known({ ownerId: 'alice' });

    expect(await send(subscribe, { body: { action: 'subscribe', ...body } })).toMatchObject({
      statusCode: 200,
      reply: { type: 'error', code },
    });
  });

  it('leaves no subscription to a request of somebody else', async () => {
    known({ ownerId: 'alice' });

    await send(subscribe, { body: { action: 'subscribe', requestId } });

    expect(commands()).toEqual(['PutCommand', 'GetCommand', 'DeleteCommand']);
  });
});

describe('unsubscribe', () => {
  it('removes the subscription, whether or not there is one', async () => {
    expect(await send(unsubscribe, { body: { action: 'unsubscribe', requestId } })).toMatchObject({
      reply: { type: 'unsubscribed', requestId },
    });
    expect(dynamodb.commandCalls(DeleteCommand)[0]?.args[0].input.Key).toEqual({ requestId, connectionId: 'c1' });
  });
});

describe('$disconnect', () => {
  const removed = () => dynamodb.commandCalls(DeleteCommand).map(({ args: [{ input }] }) => input.Key);

  it('forgets all that the connection subscribed to', async () => {
    dynamodb
      .on(QueryCommand)
      .resolvesOnce({ Items: [{ requestId: 'r1' }], LastEvaluatedKey: { requestId: 'r1' } })
      .resolves({ Items: [{ requestId: 'r2' }] });

    await send(disconnect, { eventType: 'DISCONNECT' });

    expect(removed()).toEqual(['r1', 'r2'].map((id) => ({ requestId: id, connectionId: 'c1' })));
  });

  it('leaves to the TTL what a client has subscribed to without end', async () => {
    const Items = Array.from({ length: 25 }, (_, index) => ({ requestId: `r${index}` }));
    dynamodb.on(QueryCommand).resolves({ Items, LastEvaluatedKey: { requestId: 'r24' } });

    expect((await send(disconnect, { eventType: 'DISCONNECT' })).statusCode).toBe(200);

    expect(removed()).toHaveLength(500);
  });
});

describe('ping', () => {
  it('is answered', async () => {
    expect(await send(ping, { body: { action: 'ping' } })).toEqual({ statusCode: 200, reply: { type: 'pong' } });
  });
});

describe('an action that there is not', () => {
  it.each([{ action: 'shout' }, 'nonsense', {}])('is answered with an error (%j)', async (body) => {
    expect(await send(unknownAction, { body })).toMatchObject({
      statusCode: 200,
      reply: { type: 'error', code: 'invalid-request', detail: expect.stringContaining('subscribe') },
    });
  });
});
