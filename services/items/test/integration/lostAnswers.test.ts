import { createDocumentClient } from '@app/dynamodb';
import { startFaultProxy } from '@app/test-support';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { requestOf } from '../../src/requestIdentity.ts';
import { createRequestRepository } from '../../src/requestRepository.ts';

let proxy: Awaited<ReturnType<typeof startFaultProxy>>;
let requests: ReturnType<typeof createRequestRepository>;

beforeAll(async () => {
  proxy = await startFaultProxy({ target: process.env['AWS_ENDPOINT_URL_DYNAMODB'] ?? '' });
  requests = createRequestRepository(createDocumentClient({ endpoint: proxy.url }), 'items-requests-dev');
});

afterAll(() => proxy.stop());

const aRequest = () =>
  requestOf({
    operation: 'update',
    requestId: crypto.randomUUID(),
    owner: 'public',
    itemId: crypto.randomUUID(),
    changes: { quantity: 1 },
  });

/** The next answer to a write of one row is lost: the SDK sends it again, and finds it done. */
const loseOne = (operation: 'PutItem' | 'UpdateItem') => proxy.add({ kind: 'lose', operations: [operation], times: 1 });

describe('a request whose row was written, and the answer lost', () => {
  it('is no replay for the call that wrote it, and one for the next', async () => {
    const request = aRequest();
    const { hits } = loseOne('PutItem');

    const [first, next] = [await requests.accept(request), await requests.accept(request)];

    expect(hits()).toBe(1);
    expect([first.replayed, next.replayed]).toEqual([false, true]);
    expect(next.row).toEqual(first.row);
  });

  it('is complete when it was completed', async () => {
    const request = aRequest();
    await requests.accept(request);
    loseOne('UpdateItem');

    const completed = await requests.complete(request, { status: 'success', result: { itemId: 'i' } });

    expect(completed).toBe('repeated'); // which is announced like any other
    expect(await requests.get(request.requestId)).toMatchObject({ status: 'success' });
  });
});
