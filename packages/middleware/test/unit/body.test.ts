import { refusal, reply } from '@app/test-support';
import { describe, expect, it } from '@jest/globals';
import { createMemosApi, gateways, storedMemo } from '../support/memos.ts';

describe.each(gateways)('a body from %s', (_name, eventOf) => {
  const api = createMemosApi(eventOf);

  it.each([
    ['no JSON', '{"title":'],
    ['nothing', ''],
    ['JSON with a comma too many', '{"title":"Milk",}'],
    ['a member named __proto__', '{"title":"Milk","content":"","__proto__":{"admin":true}}'],
    ['a member named __proto__ further down', '{"title":"Milk","content":{"__proto__":1}}'],
    ['a constructor with a prototype', '{"title":"Milk","constructor":{"prototype":{"admin":true}}}'],
  ])('is a 400 when it is %s, and changes nothing', async (_case, body) => {
    const response = await api.createMemo({ body });

    expect(response).toMatchObject({ status: 400, headers: { 'Content-Type': 'application/problem+json' } });
    expect(response.body).toMatchObject({ type: '/problems/malformed-json', errors: [{ in: 'body', pointer: '' }] });
    expect(api.requests).toEqual([]);
    expect({}).not.toHaveProperty('admin');
  });

  it.each(['null', '7', '"Milk"', 'true', '[]'])('is a 400 when it is %s, which is no object', async (body) => {
    const response = await api.createMemo({ body });

    expect(response.body).toMatchObject({
      status: 400,
      errors: [{ in: 'body', pointer: '', detail: 'must be of type object' }],
    });
    expect(api.requests).toEqual([]);
  });

  it('is a 400 when its bytes are not UTF-8, which decoding would silently change', async () => {
    const body = Buffer.from([0x7b, 0x22, 0x74, 0xff, 0x22, 0x7d]);

    const response = await api.patchMemo({ body });

    expect(response.body).toMatchObject({ status: 400, errors: [{ in: 'body', detail: 'must be UTF-8' }] });
    expect(api.requests).toEqual([]);
  });

  it('is a 400 when there is none', async () => {
    const response = await api.createMemo({ headers: { 'content-type': 'application/json' } });

    expect(response.status).toBe(400);
    expect(api.requests).toEqual([]);
  });

  it.each([1000, 5000, 20_000, 80_000])('is a 400 when it is nested %i deep', async (depth) => {
    const content = '['.repeat(depth) + ']'.repeat(depth);

    const response = await api.createMemo({
      headers: { 'idempotency-key': 'k' },
      body: `{"title":"Milk","content":${content}}`,
    });

    expect(response.status).toBe(400);
    expect(api.requests).toEqual([]);
  });

  it('names a member constructor that it does not know, as it does any other', async () => {
    const response = await api.createMemo({ body: '{"title":"Milk","content":"","constructor":1}' });

    expect(response.body).toMatchObject({ status: 400, errors: [{ pointer: '/constructor', detail: 'is not known' }] });
  });

  it('is a merge patch when the method is PATCH', async () => {
    const { patchMemo, requests } = createMemosApi(eventOf, reply({ Attributes: storedMemo }));

    const response = await patchMemo({ body: { title: 'Brot & Käse 🧀', expiresAt: null } });

    expect(response.status).toBe(200);
    const { UpdateExpression, ExpressionAttributeValues } = requests[0]?.input ?? {};
    expect(UpdateExpression).toMatch(/^SET .* REMOVE #n\d+, #n\d+$/);
    expect(Object.values(ExpressionAttributeValues as object)).toContainEqual({ S: 'Brot & Käse 🧀' });
  });

  it('may be anything where an operation takes none', async () => {
    const { deleteMemo } = createMemosApi(eventOf, refusal('ConditionalCheckFailedException'));

    const response = await deleteMemo({ headers: { 'content-type': 'application/json' }, body: '{"not":' });

    expect(response.status).toBe(404);
  });
});
