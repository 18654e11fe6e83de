import { createItem } from '@app/contracts';
import { validateCreateItem } from '@app/contracts/validators/createItem';
import { accepted, serviceUnavailable } from '@app/http';
import { httpApiEvent, lambdaContext, parsed, restApiEvent, type TestRequest } from '@app/test-support';
import { describe, expect, it } from '@jest/globals';
import { createHttpHandler, type HttpRequest } from '../../src/index.ts';

const handler = createHttpHandler({
  operation: createItem,
  validate: validateCreateItem,
  handle: ({ identity: { id }, body, trace }: HttpRequest<typeof createItem>) =>
    body.name === 'unavailable'
      ? Promise.reject(serviceUnavailable(new Error('no queue')))
      : Promise.resolve({
          ...accepted({ requestId: trace.requestId, itemId: id, status: 'accepted' as const }, `/requests/${id}`),
        }),
});

const create = (eventOf: typeof httpApiEvent | typeof restApiEvent, request: TestRequest = {}) =>
  handler(eventOf({ method: 'POST', path: '/items', body: { name: 'Bolt' }, ...request }), lambdaContext()).then(
    parsed,
  );

describe('an operation that answers 202', () => {
  it('goes by the id of what it has accepted: on the response, in problems, to all who carry it out', async () => {
    const headers = { 'idempotency-key': 'k' };

    const response = await create(httpApiEvent, { headers });
    const failure = await create(httpApiEvent, { headers, body: { name: 'unavailable' } });

    const { itemId: requestId } = response.body as { itemId: string };
    expect(response).toMatchObject({ headers: { 'x-request-id': requestId }, body: { requestId } });
    expect(failure).toMatchObject({ status: 503, headers: { 'x-request-id': requestId }, body: { requestId } });
  });

  it('gives a request that it refuses an id of its own', async () => {
    const headers = { 'idempotency-key': 'k' };

    const { headers: sent } = await create(httpApiEvent, { headers, body: {} });

    expect(sent['x-request-id']).not.toBe((await create(httpApiEvent, { headers })).headers['x-request-id']);
  });

  it('says where to go on, behind whatever stands in front of the API’s paths', async () => {
    const [plain, staged, mapped] = [
      await create(httpApiEvent),
      await create(restApiEvent),
      await create(httpApiEvent, { path: '/v2/items/' }),
    ];

    const idOf = ({ body }: typeof plain) => String(body?.itemId);
    expect(plain.headers.Location).toBe(`/requests/${idOf(plain)}`);
    expect(staged.headers.Location).toBe(`/dev/requests/${idOf(staged)}`);
    expect(mapped.headers.Location).toBe(`/v2/requests/${idOf(mapped)}`);
  });
});
