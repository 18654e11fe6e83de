import { payloadDigest } from '@app/http';
import { refusal, reply } from '@app/test-support';
import { describe, expect, it } from '@jest/globals';
import { createMemosApi, gateways, storedMemo } from '../support/memos.ts';

const body = { title: 'Milk', content: 'Two pints' };
const headers = { 'idempotency-key': 'shopping-1' };
const madeFrom = (payload: object) =>
  refusal('ConditionalCheckFailedException', { Item: { ...storedMemo, payloadDigest: { S: payloadDigest(payload) } } });

describe.each(gateways)('a create under an Idempotency-Key through %s', (_name, eventOf) => {
  it('has the same id each time, and another for another owner', async () => {
    const { createMemo, requests } = createMemosApi(eventOf);

    await createMemo({ headers, body });
    await createMemo({ headers, body });
    await createMemo({ headers, body, subject: 'alice' });

    const [first, second, third] = requests.map(({ input }) => (input.Item as typeof storedMemo).id.S);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it('says nothing of a replay the first time, and never shows the digest', async () => {
    const response = await createMemosApi(eventOf).createMemo({ headers, body });

    expect(response.status).toBe(201);
    expect(response.headers).not.toHaveProperty('Idempotency-Replayed');
    expect(response.body).not.toHaveProperty('payloadDigest');
  });

  it('answers a replay with the memo as it now is, and says so', async () => {
    const { createMemo } = createMemosApi(eventOf, madeFrom(body));

    const response = await createMemo({ headers, body: '{ "content": "Two pints", "title": "Milk" }' });

    expect(response).toMatchObject({
      status: 201,
      headers: { 'Idempotency-Replayed': 'true', ETag: '"2-mjuohs00"' },
      body: { title: 'Milk', version: 2 },
    });
    expect(response.body).not.toHaveProperty('payloadDigest');
  });

  it('is a 422 with another payload', async () => {
    const { createMemo } = createMemosApi(eventOf, madeFrom(body));

    const response = await createMemo({ headers, body: { ...body, title: 'Bread' } });

    expect(response.body).toMatchObject({ status: 422, type: '/problems/idempotency-key-reused' });
    expect(response.headers).not.toHaveProperty('Location');
  });

  it.each([
    ['empty', ''],
    ['of 256 characters', 'k'.repeat(256)],
    ['not ASCII', 'clé'],
    ['not printable', 'a\u0007b'],
  ])('is a 400 when the key is %s, and changes nothing', async (_case, key) => {
    const { createMemo, requests } = createMemosApi(eventOf, reply());

    const response = await createMemo({ headers: { 'idempotency-key': key }, body });

    expect(response.body).toMatchObject({ status: 400, errors: [{ in: 'header', pointer: '/Idempotency-Key' }] });
    expect(requests).toEqual([]);
  });
});
