import { notFound } from '@app/http';
import { lambdaContext, socketEvent } from '@app/test-support';
import { describe, expect, it } from '@jest/globals';
import { createSocketHandler, type SocketRequest } from '../../src/index.ts';
import { collectLog } from '../support/log.ts';

const log = collectLog();

const requestId = '0b0e7a52-6f0c-4f7b-9a53-0d3e5f3f3f10';

const replying = (handle: (request: SocketRequest) => Promise<object | undefined>) => {
  const handler = createSocketHandler({ route: 'subscribe', handle });
  return (event: Parameters<typeof socketEvent>[0]) => handler(socketEvent(event), lambdaContext());
};

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

  it.each(['nonsense', '[1]', 'null', '', '"text"'])('takes %s for a message without members', async (body) => {
    const send = replying(({ message }) => Promise.resolve({ ...message }));

    expect(await send({ body })).toEqual({ statusCode: 200, body: '{}' });
  });

  it('hands over the query of a connection that opens', async () => {
    const send = replying(({ message }) => Promise.resolve({ ...message }));

    expect(await send({ eventType: 'CONNECT', query: { requestId } })).toMatchObject({
      body: JSON.stringify({ requestId }),
    });
  });

  it('replies to a refusal with its slug', async () => {
    const send = replying(() => Promise.reject(notFound('Request', 'x')));

    expect(await send({ body: {} })).toEqual({
      statusCode: 200,
      body: JSON.stringify({ type: 'error', code: 'not-found', detail: 'Request x does not exist' }),
    });
  });

  it('refuses a connection when something fails, and tells the log alone why', async () => {
    const send = replying(() => Promise.reject(new Error('table is gone')));

    const answer = await send({ eventType: 'CONNECT' });

    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('table');
    expect(log.lines).toMatchObject([{ level: 'ERROR', status: 500, error: { message: 'table is gone' } }]);
  });

  it('writes one line, found under the request that is asked after', async () => {
    await replying(() => Promise.resolve(undefined))({ connectionId: 'c1', subject: 'alice', body: { requestId } });

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
