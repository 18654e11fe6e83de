import { follow } from '@app/contracts/messages/follow';
import { openChannel } from '@app/contracts/messages/openChannel';
import { notFound } from '@app/http';
import { lambdaContext, socketEvent } from '@app/test-support';
import { describe, expect, it } from '@jest/globals';
import { createSocketHandler, type SocketRequest } from '../../src/index.ts';
import { collectLog } from '../support/log.ts';

const log = collectLog();

const requestId = '0b0e7a52-6f0c-4f7b-9a53-0d3e5f3f3f10';

type Event = Parameters<typeof socketEvent>[0];
type Handle = (request: SocketRequest) => Promise<object | undefined>;

const replying = (handle: Handle) => {
  const handler = createSocketHandler({ route: 'subscribe', message: follow, handle });
  return (event: Event) =>
    handler(socketEvent({ body: { action: 'subscribe', requestId }, ...event }), lambdaContext());
};

const opening = (handle: Handle) => {
  const handler = createSocketHandler({ route: 'connect', message: openChannel, handle });
  return (query: Record<string, string>) => handler(socketEvent({ eventType: 'CONNECT', query }), lambdaContext());
};

const echo: Handle = ({ message }) => Promise.resolve({ ...(message as object) });

describe('a connection that is opened', () => {
  it('is read from its query, whether its event has an empty body or none', async () => {
    const handler = createSocketHandler({ route: 'connect', message: openChannel, handle: echo });
    const event = socketEvent({ eventType: 'CONNECT', query: { requestId } });

    const answers = [
      await handler(event, lambdaContext()),
      await handler(Object.assign({}, event, { body: '' }), lambdaContext()),
    ];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    expect(answers[1]).toEqual(answers[0]);
  });
});

describe('a socket’s handler', () => {
  it('hands over the message and who sent it, and replies', async () => {
    const seen: SocketRequest[] = [];
    const send = replying((request) => {
      seen.push(request);
      return Promise.resolve({ type: 'subscribed' });
    });

    const answer = await send({ connectionId: 'c1', subject: 'alice', body: { action: 'subscribe', requestId } });

    expect(answer).toEqual({ statusCode: 200, body: '{"type":"subscribed"}' });
    expect(seen).toMatchObject([
      { connectionId: 'c1', subject: 'alice', message: { action: 'subscribe', requestId }, trace: { requestId } },
    ]);
  });

  it('hands over ids in their canonical form, and what else a client has said', async () => {
    const body = { action: 'subscribe', requestId: requestId.toUpperCase(), colour: 'red' };

    expect(await replying(echo)({ body })).toEqual({
      statusCode: 200,
      body: JSON.stringify({ ...body, requestId }),
    });
  });

  it.each([
    ['nonsense', 'The message must be of type object'],
    ['[1]', 'The message must be of type object'],
    ['null', 'The message must be of type object'],
    ['', 'The message must be of type object'],
    ['"text"', 'The message must be of type object'],
    ['{"action":"subscribe"}', 'requestId is required'],
    ['{"action":"subscribe","requestId":"7"}', 'requestId must be a valid uuid'],
    ['{"requestId":7}', 'action is required; requestId must be of type string'],
  ])('refuses %s with the reason', async (body, detail) => {
    const unwanted = () => Promise.reject(new Error('called'));

    const answer = await replying(unwanted)({ body });

    expect(answer).toEqual({
      statusCode: 200,
      body: JSON.stringify({ type: 'error', code: 'invalid-request', detail }),
    });
    expect(log.lines).toMatchObject([{ level: 'INFO', status: 400, detail }]);
  });

  it('hands over the query of a connection that opens', async () => {
    expect(await opening(echo)({ requestId })).toMatchObject({ statusCode: 200, body: JSON.stringify({ requestId }) });
  });

  it('refuses a connection for its query by the status', async () => {
    expect(await opening(echo)({ requestId: '7' })).toMatchObject({ statusCode: 400 });
  });

  it('takes whatever is sent to a route that has no message, and reads none of it', async () => {
    const seen: unknown[] = [];
    const handler = createSocketHandler({
      route: 'default',
      handle: ({ message }) => {
        seen.push(message);
        return Promise.resolve(undefined);
      },
    });

    expect(await handler(socketEvent({ body: 'nonsense' }), lambdaContext())).toEqual({ statusCode: 200 });
    expect(seen).toEqual([undefined]);
  });

  it('replies to a refusal with its slug', async () => {
    const send = replying(() => Promise.reject(notFound('Request', 'x')));

    expect(await send({})).toEqual({
      statusCode: 200,
      body: JSON.stringify({ type: 'error', code: 'not-found', detail: 'Request x does not exist' }),
    });
  });

  it('refuses a connection when something fails, and tells the log alone why', async () => {
    const answer = await opening(() => Promise.reject(new Error('table is gone')))({});

    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('table');
    expect(log.lines).toMatchObject([{ level: 'ERROR', status: 500, error: { message: 'table is gone' } }]);
  });

  it('writes one line, found under the request that is asked after', async () => {
    await replying(() => Promise.resolve(undefined))({ connectionId: 'c1', subject: 'alice' });

    expect(log.lines).toMatchObject([
      {
        level: 'INFO',
        message: 'socket',
        route: 'subscribe',
        requestId,
        connectionId: 'c1',
        subject: 'alice',
        status: 200,
      },
    ]);
  });
});
