import { lambdaContext, sqsEvent } from '@app/test-support';
import { ApiGatewayManagementApiClient, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { DeleteCommand, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../src/handlers/notifier.ts';
import { dynamodb, resetAws, sent, sqs } from '../support/aws.ts';
import { anItem, aRequestRow, itemId, requestId } from '../support/rows.ts';

const sockets = mockClient(ApiGatewayManagementApiClient);

const deliver = (body: object) => handler(sqsEvent({ body, attributes: { requestId } }), lambdaContext());
const announce = () => deliver({ operation: 'announce', requestId });

const longAgo = '2026-01-01T00:00:00.000Z';
const answer = (fields: object = {}) =>
  deliver({ operation: 'answer', requestId, owner: 'public', connectionId: 'c1', connectedAt: longAgo, ...fields });

const success = { status: 'success', result: anItem() } as const;
const complete = (fields: Parameters<typeof aRequestRow>[0] = success) =>
  dynamodb.on(GetCommand).resolves({ Item: aRequestRow(fields) });

const subscribed = (...connections: object[]) =>
  dynamodb.on(QueryCommand).resolves({
    Items: connections.map((each) => Object.assign({ requestId, ownerId: 'public', connectedAt: longAgo }, each)),
  });

const gone = () => Object.assign(new Error('Gone'), { name: 'Unknown', $metadata: { httpStatusCode: 410 } });

const posted = () =>
  sockets.commandCalls(PostToConnectionCommand).map(({ args: [{ input }] }) => ({
    to: input.ConnectionId,
    message: JSON.parse(input.Data as unknown as string) as unknown,
  }));

beforeEach(() => {
  resetAws();
  sockets.reset();
  sockets.onAnyCommand().resolves({});
});

describe('the notifier', () => {
  it('tells all who subscribed, in the words of requirement 004', async () => {
    complete();
    subscribed({ connectionId: 'c1' }, { connectionId: 'c2' });

    expect(await announce()).toEqual({ batchItemFailures: [] });

    const message = { type: 'notification', requestId, operation: 'update', status: 'success', result: anItem() };
    expect(posted()).toEqual([
      { to: 'c1', message },
      { to: 'c2', message },
    ]);
  });

  it('reads the request before its subscriptions, and both consistently: whoever subscribes reads last', async () => {
    complete();
    subscribed();

    await announce();

    expect(dynamodb.calls().map(({ args: [command] }) => command.constructor.name)).toEqual([
      'GetCommand',
      'QueryCommand',
    ]);
    expect(dynamodb.calls().map(({ args: [{ input }] }) => input)).toMatchObject([
      { ConsistentRead: true },
      { TableName: 'items-connections-dev', ConsistentRead: true },
    ]);
  });

  it('tells of a failure with the problem as the result', async () => {
    const error = { type: '/problems/not-found', title: 't', status: 404, detail: 'd', requestId };
    complete({ status: 'error', error });
    subscribed({ connectionId: 'c1' });

    await announce();

    expect(posted()).toMatchObject([{ message: { status: 'error', result: error } }]);
  });

  it('points to a result that does not fit in a frame', async () => {
    complete({ ...success, result: anItem({ description: '🔩'.repeat(7700) }) });
    subscribed({ connectionId: 'c1' });

    await announce();

    expect(posted()).toEqual([
      {
        to: 'c1',
        message: {
          type: 'notification',
          requestId,
          operation: 'update',
          status: 'success',
          resultUrl: `/requests/${requestId}`,
        },
      },
    ]);
  });

  it('tells one who came late, and nobody else', async () => {
    complete();
    subscribed({ connectionId: 'c2' });

    await answer();

    expect(posted()).toMatchObject([{ to: 'c1', message: { requestId, status: 'success' } }]);
  });

  it.each([
    ['there is no such request', undefined],
    ['it is somebody else’s', aRequestRow({ ...success, ownerId: 'alice' })],
  ])('tells one who came for a request that %s, that it is not known', async (_case, row) => {
    dynamodb.on(GetCommand).resolves(row ? { Item: row } : {});

    await answer();

    expect(posted()).toEqual([
      { to: 'c1', message: { type: 'error', code: 'not-found', detail: `Request ${requestId} does not exist` } },
    ]);
  });

  it('says nothing of a request that is open', async () => {
    complete({ status: 'accepted' });
    subscribed({ connectionId: 'c1' });

    expect([await announce(), await answer()]).toEqual([{ batchItemFailures: [] }, { batchItemFailures: [] }]);
    expect(posted()).toEqual([]);
  });

  it('tells nobody who subscribed to a request of somebody else', async () => {
    complete();
    subscribed({ connectionId: 'c1', ownerId: 'mallory' });

    await announce();

    expect(posted()).toEqual([]);
  });

  it('forgets that a connection subscribed which is gone', async () => {
    complete();
    subscribed({ connectionId: 'c1' });
    sockets.on(PostToConnectionCommand).rejects(gone());

    expect(await announce()).toEqual({ batchItemFailures: [] });
    expect(dynamodb.commandCalls(DeleteCommand)[0]?.args[0].input.Key).toEqual({ requestId, connectionId: 'c1' });
    expect(sent()).toEqual([]);
  });

  it('is done though a row could not be removed: it goes with its TTL', async () => {
    complete();
    subscribed({ connectionId: 'c1' });
    sockets.on(PostToConnectionCommand).rejects(gone());
    dynamodb.on(DeleteCommand).rejects(new Error('throttled'));

    expect(await announce()).toEqual({ batchItemFailures: [] });
  });

  it('tells 25 at once, and has the others told by a notice of their own, which does not wait for these', async () => {
    complete();
    const order: string[] = [];
    dynamodb.on(QueryCommand).resolves({
      Items: [{ requestId, connectionId: 'c25', ownerId: 'public', connectedAt: longAgo }],
      LastEvaluatedKey: { requestId, connectionId: 'c25' },
    });
    sqs.on(SendMessageCommand).callsFake(() => order.push('sent'));
    sockets.on(PostToConnectionCommand).callsFake(() => order.push('posted'));

    await announce();

    expect(sent()).toMatchObject([{ body: { operation: 'announce', requestId, after: 'c25' }, requestId }]);
    expect(order).toEqual(['sent', 'posted']);
    expect(dynamodb.commandCalls(QueryCommand)[0]?.args[0].input.Limit).toBe(25);
  });

  it('goes on where another notice ended', async () => {
    complete();
    subscribed({ connectionId: 'c26' });

    await deliver({ operation: 'announce', requestId, after: 'c25' });

    expect(dynamodb.commandCalls(QueryCommand)[0]?.args[0].input.ExclusiveStartKey).toEqual({
      requestId,
      connectionId: 'c25',
    });
    expect(posted()).toMatchObject([{ to: 'c26' }]);
  });

  it.each([
    { operation: 'shout', requestId },
    { operation: 'announce' },
    { operation: 'announce', requestId: 7 },
    { operation: 'announce', requestId, after: 7 },
    { operation: 'answer', requestId, owner: 'public', connectedAt: longAgo },
    { operation: 'answer', requestId, owner: 'public', connectedAt: longAgo, connectionId: 'c1', attempts: '1' },
  ])('does nothing for %j', async (body) => {
    expect((await deliver(body)).batchItemFailures).toHaveLength(1);
    expect(dynamodb.calls()).toHaveLength(0);
  });

  it('says what a delete came to', async () => {
    complete({ operation: 'delete', status: 'success', result: { itemId } });
    subscribed({ connectionId: 'c1' });

    await announce();

    expect(posted()).toMatchObject([{ message: { operation: 'delete', status: 'success', result: { itemId } } }]);
  });
});
