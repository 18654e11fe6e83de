import { once } from 'node:events';
import { eventually, settled } from '@app/test-support/time';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LocalCloud, startLocalCloud } from '../../src/index.ts';
import type { Span } from '../../src/recorder/span.ts';
import { callerOf } from './support/epsilon.ts';
import { createWorkspace } from './support/workspace.ts';

let workspace: Awaited<ReturnType<typeof createWorkspace>>;
let cloud: LocalCloud;
let call: ReturnType<typeof callerOf>;

const traceId = '0af7651916cd43dd8448eb211c80319c';
const account = '000000000000';
const message = (MessageBody: string) => ({ QueueUrl: `${cloud.endpoints.sqs}/${account}/epsilon-dev`, MessageBody });

beforeAll(async () => {
  workspace = await createWorkspace('rights');
  cloud = await startLocalCloud({
    dataDir: workspace.data,
    env: { AWS_ENDPOINT_URL_DYNAMODB: '', AWS_ENDPOINT_URL_S3: '', AWS_ENDPOINT_URL_SQS: '' },
    args: ['--root', workspace.root],
  });
  call = callerOf(cloud);
});

afterAll(async () => {
  await cloud?.stop();
  await workspace?.remove();
});

const byName = (spans: readonly Span[], name: string) => spans.find((span) => span.name === name);
const parentOf = (spans: readonly Span[], { parentSpanId }: Span) =>
  spans.find(({ spanId }) => spanId === parentSpanId);

describe('a trace', () => {
  it('goes from the request through the function and its call to the message that it sent, and what that set off', async () => {
    const traceparent = `00-${traceId}-b7ad6b7169203331-01`;
    await call.ask('some', 'SendMessage', message('traced'), { traceparent });

    const { spans, summary } = await settled(
      () => call.trace(traceId),
      (trace) => trace.spans?.length >= 4,
    );

    const [request, invocation, sending, received] = [
      'POST /epsilon/some',
      'epsilon:some',
      'SQS.SendMessage',
      'epsilon:receiver',
    ].map((name) => byName(spans, name) as Span);
    expect(request).toMatchObject({
      kind: 'server',
      parentSpanId: 'b7ad6b7169203331',
      attributes: { 'http.request.method': 'POST', 'http.route': '/epsilon/some', 'http.response.status_code': 200 },
    });
    expect(parentOf(spans, invocation as Span)).toBe(request);
    expect(invocation).toMatchObject({
      attributes: { 'faas.name': 'epsilon-dev-some', 'faas.trigger': 'http', 'faas.coldstart': true },
      events: [{ name: 'log', attributes: { 'log.record.original': expect.stringContaining('asked for') } }],
    });
    expect(parentOf(spans, sending as Span)).toBe(invocation);
    expect(sending).toMatchObject({
      kind: 'producer',
      attributes: {
        'messaging.system': 'aws_sqs',
        'messaging.destination.name': 'epsilon-dev',
        'messaging.message.id': expect.any(String),
        'local.caller': 'invocation',
        'http.response.status_code': 200,
      },
    });
    expect(parentOf(spans, received as Span)).toBe(sending);
    expect(received).toMatchObject({
      kind: 'consumer',
      attributes: { 'faas.trigger': 'pubsub', 'local.source': 'epsilon-dev' },
    });
    expect(summary).toMatchObject({ traceId, name: 'POST /epsilon/some', failed: false, spans: spans.length });
  });

  it('tells what a call cost, how often it was tried, and what was asked and answered', async () => {
    const input = { TableName: 'epsilon-dev', Item: { id: { S: 'b' } }, ReturnConsumedCapacity: 'TOTAL' };
    await call.by('some', 'PutItem', input);

    const [summary] = await settled(
      () => call.traces('operation=PutItem'),
      ({ length }) => length > 0,
    );
    const { spans } = await call.trace(summary?.traceId ?? '');

    expect(byName(spans, 'DynamoDB.PutItem')?.attributes).toMatchObject({
      'aws.dynamodb.consumed_capacity': 1,
      'http.request.resend_count': 0,
      'db.collection.name': 'epsilon-dev',
      'local.resource_arns': [`arn:aws:dynamodb:eu-west-1:${account}:table/epsilon-dev`],
      'local.request.body': expect.stringContaining('"id":{"S":"b"}'),
    });
  });

  it('of a function that fails has its error, and is found by that', async () => {
    await call.by('some', 'SendMessage', message('fails'));

    const found = await eventually(
      async () => (await call.traces('status=error&function=epsilon:receiver')).length > 0,
    );

    expect(found).toBe(true);
    const [summary] = await call.traces('status=error&function=epsilon:receiver');
    const { spans } = await call.trace(summary?.traceId ?? '');
    expect(byName(spans, 'epsilon:receiver')).toMatchObject({ status: 'error', statusMessage: 'it fails' });
  });

  it('has no credentials: neither those of the request nor those of the calls', async () => {
    const headers = { authorization: 'Bearer not-for-everybody', cookie: 'session=not-for-everybody' };
    await call.ask('some', 'GetItem', { TableName: 'epsilon-dev', Key: { id: { S: 'password' } } }, headers);

    const [summary] = await call.traces('operation=GetItem');
    const text = JSON.stringify(await call.trace(summary?.traceId ?? ''));

    expect(text).toContain('http.request.header.authorization');
    expect(text).not.toContain('not-for-everybody');
  });

  it('of a tool’s call is recorded as a tool’s', async () => {
    const { SQSClient, ListQueuesCommand } = await import('@aws-sdk/client-sqs');
    const credentials = { accessKeyId: 'AKIAANYBODY', secretAccessKey: 'x' };
    const client = new SQSClient({ endpoint: cloud.endpoints.sqs ?? '', region: 'eu-west-1', credentials });
    await client.send(new ListQueuesCommand({}));

    const [summary] = await call.traces('service=tool&operation=ListQueues');

    expect(summary).toMatchObject({ name: 'SQS.ListQueues', service: 'tool' });
    client.destroy();
  });
});

const follow = async (headers: Record<string, string> = {}) => {
  const stop = new AbortController();
  const response = await fetch(`${cloud.urls['gateway']}/_local/events`, { headers, signal: stop.signal });
  const heard: string[] = [];
  const reading = (async () => {
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) heard.push(chunk);
  })().catch(() => {});
  const events = () =>
    [...heard.join('').matchAll(/^id: (\d+)\nevent: span\ndata: (.*)$/gm)].map(([, id, data]) => ({
      id,
      span: JSON.parse(data ?? '') as Span,
    }));
  return {
    response,
    events,
    stop: async () => {
      stop.abort();
      await reading;
    },
  };
};

describe('a request whose function crashed', () => {
  it('is found by the id that the gateway answered with', async () => {
    await call.addFault({ effect: 'end', moment: 'after', function: 'epsilon:some', count: 1 });
    const response = await call.ask('some', 'GetItem', { TableName: 'epsilon-dev', Key: { id: { S: 'a' } } });

    const { summary } = await call.trace(response.headers.get('x-request-id') ?? '');

    expect(response.status).toBe(500);
    expect(summary).toMatchObject({ name: 'POST /epsilon/some', status: 500, failed: true });
  });
});

describe('what follows', () => {
  it('hears of spans as they end, and goes on where it was', async () => {
    const first = await follow();
    await call.by('some', 'GetItem', { TableName: 'epsilon-dev', Key: { id: { S: 'a' } } });
    await eventually(() => first.events().some(({ span }) => span.name === 'POST /epsilon/some'));
    const heard = first.events();
    await first.stop();

    await call.by('some', 'PutItem', { TableName: 'epsilon-dev', Item: { id: { S: 'missed' } } });
    const second = await follow({ 'last-event-id': String(heard.at(-1)?.id) });
    await eventually(() => second.events().some(({ span }) => span.name === 'POST /epsilon/some'));

    expect(first.response.headers.get('content-type')).toBe('text/event-stream');
    expect(second.events().map(({ span }) => span.name)).toContain('DynamoDB.PutItem');
    const ids = [...heard, ...second.events()].map(({ id }) => Number(id));
    expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => a - b));
    await second.stop();
  });
});

describe('a WebSocket', () => {
  it('is a request of its own, whose function is part of its trace', async () => {
    const socket = new WebSocket(`${cloud.urls['gateway']?.replace('http', 'ws')}/ws`);
    await once(socket, 'open');
    const [summary] = await settled(
      () => call.traces('operation=$connect'),
      ({ length }) => length > 0,
    );
    const { spans } = await call.trace(summary?.traceId ?? '');

    expect(parentOf(spans, byName(spans, 'epsilon:nothing') as Span)).toBe(byName(spans, 'WebSocket $connect'));
    socket.close();
  });
});

describe('what asks the local cloud itself', () => {
  const asked = (path: string, init: RequestInit & { headers?: Record<string, string> } = {}) =>
    fetch(`${cloud.urls['gateway']}/_local/${path}`, init);

  it.each<[string, string, RequestInit, number, RegExp]>([
    ['a trace that is not there', 'traces/nothing', {}, 404, /no trace of "nothing".*latest are/],
    ['an unknown filter', 'traces?color=red', {}, 400, /color is no filter: there are service, operation/],
    ['an unknown service', 'traces?service=orders', {}, 400, /service "orders" is not there: there are epsilon, tool/],
    ['an unknown function', 'iam/epsilon:other', {}, 404, /no function "epsilon:other": there are epsilon:nothing/],
    [
      'an unknown fault',
      'faults',
      { method: 'POST', body: '{"effect":"explode"}' },
      400,
      /effect is "explode".*throttle, delay/,
    ],
    ['no JSON', 'faults', { method: 'POST', body: 'x' }, 400, /JSON object/],
    ['a fault that is not on', 'faults/fault-99', { method: 'DELETE' }, 404, /no fault "fault-99"/],
    ['anything else', 'secrets', {}, 404, /there are GET traces/],
  ])('for %s is told what there is', async (...[, path, init, status, detail]) => {
    const response = await asked(path, { ...init, headers: { 'x-local-tool': 'test' } });

    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ detail: expect.stringMatching(detail) });
  });

  it.each<[string, string, Record<string, string>]>([
    ['from a page of another site', 'GET', { origin: 'https://evil.example' }],
    ['with a foreign Host', 'GET', { host: 'evil.example' }],
    ['that changes something, without the header', 'POST', {}],
    [
      'that changes something, from another site, with the header',
      'POST',
      { origin: 'https://evil.example', 'x-local-tool': '1' },
    ],
  ])('%s is refused', async (_how, method, headers) => {
    const { request } = await import('node:http');
    const url = new URL('/_local/faults', cloud.urls['gateway']);
    const sent = request(url, { method, headers });
    sent.end(method === 'POST' ? '{"effect":"throttle"}' : undefined);
    const [response] = (await once(sent, 'response')) as [import('node:http').IncomingMessage];

    expect(response.statusCode).toBe(403);
    expect(Object.keys(response.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    response.resume();
  });

  it('of the gateway’s own origin may change something', async () => {
    const headers = { origin: cloud.urls['gateway'] ?? '' };

    expect((await asked('faults', { method: 'DELETE', headers })).status).toBe(200);
  });
});
