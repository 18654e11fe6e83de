import { httpApiEvent, lambdaContext, parsed } from '@app/test-support';
import { describe, expect, it } from '@jest/globals';
import { createUnknownRouteHandler } from '../../src/index.ts';
import { createMemosApi, gateways, id } from '../support/memos.ts';

const handler = createUnknownRouteHandler();

describe('a route or method that no operation has', () => {
  it.each([
    ['GET', '/nothing', 'There is no GET /nothing'],
    ['DELETE', '/memos', 'There is no DELETE /memos'],
    ['GET', '/', 'There is no GET /'],
    ['GET', '/memos/', 'There is no GET /memos/'],
  ])('responds 404 to %s %s', async (method, path, detail) => {
    const response = parsed(await handler(httpApiEvent({ method, path }), lambdaContext()));

    expect(response).toMatchObject({
      status: 404,
      headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' },
      body: { type: '/problems/not-found', detail, requestId: response.headers['x-request-id'] },
    });
  });

  it('reads neither body nor content type', async () => {
    const event = httpApiEvent({ method: 'POST', path: '/x', headers: { 'content-type': 'text/plain' }, body: '{' });

    expect(await handler(event, lambdaContext())).toMatchObject({ statusCode: 404 });
  });
});

describe.each(gateways)('a method that a gateway hands to another one’s function, through %s', (_name, eventOf) => {
  it('responds 404 to HEAD, which no operation has', async () => {
    const response = await createMemosApi(eventOf).getMemo({ method: 'HEAD', path: `/memos/${id}` });

    expect(response).toMatchObject({ status: 404, body: { detail: expect.stringContaining('There is no HEAD') } });
  });
});
