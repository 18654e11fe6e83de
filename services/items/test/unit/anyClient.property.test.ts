import { logger } from '@app/observability';
import { collectLogLines, httpApiEvent, lambdaContext, socketEvent, sqsEvent } from '@app/test-support';
import { ApiGatewayManagementApiClient, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import * as fc from 'fast-check';
import { handler as connect } from '../../src/handlers/connect.ts';
import { handler as createItem } from '../../src/handlers/createItem.ts';
import { handler as deleteItem } from '../../src/handlers/deleteItem.ts';
import { handler as disconnect } from '../../src/handlers/disconnect.ts';
import { handler as getItem } from '../../src/handlers/getItem.ts';
import { handler as listItems } from '../../src/handlers/listItems.ts';
import { handler as notifier } from '../../src/handlers/notifier.ts';
import { handler as ping } from '../../src/handlers/ping.ts';
import { handler as reader } from '../../src/handlers/reader.ts';
import { handler as subscribe } from '../../src/handlers/subscribe.ts';
import { handler as unknownAction } from '../../src/handlers/unknownAction.ts';
import { handler as unsubscribe } from '../../src/handlers/unsubscribe.ts';
import { handler as updateItem } from '../../src/handlers/updateItem.ts';
import { handler as writer } from '../../src/handlers/writer.ts';
import { anyBody, anyText } from '../support/anyClient.ts';
import { dynamodb, resetAws, sent, sqs } from '../support/aws.ts';
import { anItem, aRequestRow, itemId, requestId } from '../support/rows.ts';

const sockets = mockClient(ApiGatewayManagementApiClient);
const consumers = { writes: writer, reads: reader, notifications: notifier };

const isGone = Object.assign(new Error('gone'), { $metadata: { httpStatusCode: 410 } });
const isFull = Object.assign(new Error('full'), { $metadata: { httpStatusCode: 429 } });
const hangs = Object.assign(new Error('no answer'), { name: 'TimeoutError' });
const posts = fc.constantFrom(undefined, isGone, isFull, hangs);

const rows = fc.constantFrom(
  undefined,
  aRequestRow(),
  aRequestRow({ status: 'success', result: anItem() }),
  aRequestRow({ status: 'success', result: anItem(), ownerId: 'alice' }),
);

const routes = { connect, disconnect, ping, subscribe, unsubscribe, unknownAction };
const eventTypes: Readonly<Record<string, string | undefined>> = { connect: 'CONNECT', disconnect: 'DISCONNECT' };
const socketEvents = fc.record({
  route: fc.constantFrom(...(Object.keys(routes) as (keyof typeof routes)[])),
  body: fc.option(anyBody, { nil: undefined }),
  query: fc.option(fc.dictionary(fc.constantFrom('requestId', 'action', '__proto__', 'x'), anyText), {
    nil: undefined,
  }),
  connectedAt: fc.constantFrom(0, Date.now(), Date.now() + 1e10),
});

const operations = {
  createItem: [createItem, 'POST'],
  updateItem: [updateItem, 'PUT'],
  deleteItem: [deleteItem, 'DELETE'],
  getItem: [getItem, 'GET'],
  listItems: [listItems, 'GET'],
} as const;
const httpRequests = fc.record({
  operation: fc.constantFrom(...(Object.keys(operations) as (keyof typeof operations)[])),
  body: fc.option(anyBody, { nil: undefined }),
  query: fc.oneof(fc.constant(''), anyText, fc.webQueryParameters()),
  headers: fc.dictionary(
    fc.constantFrom('prefer', 'if-match', 'if-none-match', 'idempotency-key', 'traceparent', 'accept', 'content-type'),
    fc.oneof(anyText, fc.constantFrom('wait=20', '*', '"1-a"', 'key', 'application/json')),
  ),
});

/** What SQS takes: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
const takenBySqs = /^[\t\n\r\x20-\ud7ff\ue000-\ufffd]+$/;

/** Delivers every message that is sent, and those that these bring about: one by one, with its failures. */
const deliverAll = async () => {
  const failures: unknown[] = [];
  for (let seen = 0; seen < sent().length && seen < 100; seen++) {
    const message = sent()[seen];
    const [, queue = ''] = /items-(\w+)-dev/.exec(message?.queue ?? '') ?? [];
    const attributes = { requestId: message?.requestId ?? '', traceparent: message?.traceparent ?? '' };
    const event = sqsEvent({ body: message?.body, attributes });
    const { batchItemFailures } = await consumers[queue as keyof typeof consumers](event, lambdaContext());
    if (batchItemFailures.length > 0) failures.push(message);
  }
  expect(sent().length).toBeLessThan(100);
  return failures;
};

const texts = () => sqs.commandCalls(SendMessageCommand).map(({ args: [{ input }] }) => input.MessageBody ?? '');

/** Texts in what DynamoDB was sent that it would refuse: lone surrogates cannot be written in UTF-8. */
const malformed = () => {
  const found: string[] = [];
  const collect = (name: string, value: unknown) => {
    found.push(...[name, value].filter((text) => typeof text === 'string').filter((text) => !text.isWellFormed()));
    return value;
  };
  for (const { args } of dynamodb.calls()) JSON.stringify(args[0].input, collect);
  return found;
};

const log = collectLogLines();
afterAll(() => log.stop());

const arrange = (row: object | undefined, post: Error | undefined) => {
  resetAws();
  sockets.reset();
  log.lines.length = 0;
  dynamodb.on(GetCommand).resolves(row ? { Item: row } : {});
  dynamodb.on(QueryCommand).resolves({
    Items: [{ requestId, connectionId: 'c', ownerId: 'public', connectedAt: new Date().toISOString() }],
  });
  if (post) sockets.on(PostToConnectionCommand).rejects(post);
  else sockets.on(PostToConnectionCommand).resolves({});
};

const expectNoTrouble = async () => {
  expect(await deliverAll()).toEqual([]);
  expect(texts().filter((text) => !takenBySqs.test(text))).toEqual([]);
  expect(malformed()).toEqual([]);
  expect(log.lines.filter(({ level }) => level === 'ERROR')).toEqual([]);
};

beforeEach(() => {
  logger.setLogLevel('INFO');
});

describe('whatever a client sends', () => {
  it('over a socket, no function fails and no message does', () =>
    fc.assert(
      fc.asyncProperty(socketEvents, rows, posts, async ({ route, ...event }, row, post) => {
        arrange(row, post);
        const eventType = eventTypes[route] ?? 'MESSAGE';
        const { body, ...opening } = event;
        const sentEvent = { eventType, ...opening, ...(eventType === 'MESSAGE' && { body }) };

        const answer = await routes[route](socketEvent(sentEvent as never), lambdaContext());

        expect([200, 400]).toContain(answer.statusCode);
        await expectNoTrouble();
      }),
      { numRuns: 300 },
    ));

  it('over HTTP, no function fails and no message does', () =>
    fc.assert(
      fc.asyncProperty(httpRequests, posts, async ({ operation, body, ...request }, post) => {
        const [handler, method] = operations[operation];
        const result = operation === 'listItems' ? { items: [anItem()], count: 1 } : anItem();
        arrange(aRequestRow({ status: 'success', result }), post);

        const { statusCode } = await handler(
          httpApiEvent({
            method,
            path: '/items',
            params: { itemId },
            ...request,
            ...(['POST', 'PUT'].includes(method) && { body }),
          }),
          lambdaContext(),
        );

        expect(statusCode).toBeLessThan(500);
        await expectNoTrouble();
      }),
      { numRuns: 300 },
    ));
});
