import { httpApiEvent, reply, restApiEvent, type TestRequest } from '@app/test-support';
import { describe, expect, it } from '@jest/globals';
import type { APIGatewayProxyEvent, APIGatewayProxyEventV2 } from 'aws-lambda';
import { createMemosApi, type EventOf, id, storedMemo } from '../support/memos.ts';

const domainName = 'api.example.com';
const executeApi = 'abc123.execute-api.eu-west-1.amazonaws.com';
const stageVariables = { domainName, basePath: 'memos' };

/** An HTTP API's event as AWS makes it: the route is the API's own, and `rawPath` has the base path or not. */
const httpApiAt =
  (host: string, basePath: '' | '/memos') =>
  (request: TestRequest = {}): APIGatewayProxyEventV2 => {
    const event = httpApiEvent(request);
    const rawPath = `${basePath}${event.rawPath}`;
    const http = { ...event.requestContext.http, path: rawPath };
    return { ...event, rawPath, stageVariables, requestContext: { ...event.requestContext, http, domainName: host } };
  };

/** A REST API's event: behind a domain, both of its paths have the base path, and none a stage. */
const restApiAt = (request: TestRequest = {}): APIGatewayProxyEvent => {
  const event = restApiEvent(request);
  const path = `/memos${event.path}`;
  return { ...event, path, requestContext: { ...event.requestContext, path, domainName } };
};

const ways: readonly (readonly [way: string, eventOf: EventOf, path: string])[] = [
  ['an HTTP API whose rawPath has no base path, as documented', httpApiAt(domainName, ''), '/memos/memos'],
  ['an HTTP API whose rawPath has the base path', httpApiAt(domainName, '/memos'), '/memos/memos'],
  ['a REST API', restApiAt, '/memos/memos'],
  ['an HTTP API by its own host, beside the domain', httpApiAt(executeApi, ''), '/memos'],
];

describe.each(ways)('behind a custom domain, %s', (_way, eventOf, path) => {
  const page = reply({ Items: [storedMemo], LastEvaluatedKey: storedMemo });

  it('says where a memo was created', async () => {
    const { headers, body } = await createMemosApi(eventOf).createMemo({ body: { title: 'Milk', content: 'Two' } });

    expect(headers.Location).toBe(`${path}/${String(body?.id)}`);
  });

  it('leads on to the next page, by a cursor that is good however the list is reached', async () => {
    const { headers, body } = await createMemosApi(eventOf, page).listMemos({ query: 'limit=1' });
    const { nextCursor } = body as { nextCursor: string };
    const next = await createMemosApi(httpApiEvent, page).listMemos({ query: `limit=1&cursor=${nextCursor}` });

    expect(headers.Link).toBe(`<${path}?limit=1&cursor=${nextCursor}>; rel="next"`);
    expect(next.status).toBe(200);
  });

  it('finds a memo by the parameter of its path', async () => {
    const api = createMemosApi(eventOf, reply({ Item: storedMemo }));

    expect((await api.getMemo()).body).toMatchObject({ id });
  });
});
