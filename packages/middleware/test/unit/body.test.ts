import { refusal, reply } from '@app/test-support';
import { describe, expect, it } from '@jest/globals';
import { createNotesApi, gateways, storedNote } from './notes.ts';

const note = { title: 'Milk', content: 'Two pints' };
const maxBytes = 256 * 1024;

/** A body of exactly so many bytes: most of them a field that is not known, so that what is not too large is a 400. */
const bodyOfBytes = (bytes: number) => {
  const empty = JSON.stringify({ filler: '' });
  return JSON.stringify({ filler: 'é'.repeat((bytes - empty.length) / 2) + 'x'.repeat((bytes - empty.length) % 2) });
};

describe.each(gateways)('a body from %s', (_name, eventOf) => {
  const api = createNotesApi(eventOf);

  it.each([
    ['no JSON', '{"title":'],
    ['nothing', ''],
    ['JSON with a comma too many', '{"title":"Milk",}'],
    ['a member named __proto__', '{"title":"Milk","content":"","__proto__":{"admin":true}}'],
    ['a member named __proto__ further down', '{"title":"Milk","content":{"__proto__":1}}'],
    ['a constructor with a prototype', '{"title":"Milk","constructor":{"prototype":{"admin":true}}}'],
  ])('is a 400 when it is %s, and changes nothing', async (_case, body) => {
    const response = await api.createNote({ body });

    expect(response).toMatchObject({ status: 400, headers: { 'Content-Type': 'application/problem+json' } });
    expect(response.body).toMatchObject({ type: '/problems/malformed-json', errors: [{ in: 'body', pointer: '' }] });
    expect(api.requests).toEqual([]);
    expect({}).not.toHaveProperty('admin');
  });

  it.each(['null', '7', '"Milk"', 'true', '[]'])('is a 400 when it is %s, which is no object', async (body) => {
    const response = await api.createNote({ body });

    expect(response.body).toMatchObject({ status: 400, errors: [{ in: 'body', pointer: '', detail: 'must be of type object' }] });
    expect(api.requests).toEqual([]);
  });

  it('is a 400 when there is none', async () => {
    const response = await api.createNote({ headers: { 'content-type': 'application/json' } });

    expect(response.status).toBe(400);
    expect(api.requests).toEqual([]);
  });

  it.each([1000, 5000, 20_000, 80_000])('is a 400 when it is nested %i deep', async (depth) => {
    const content = '['.repeat(depth) + ']'.repeat(depth);

    const response = await api.createNote({
      headers: { 'idempotency-key': 'k' },
      body: `{"title":"Milk","content":${content}}`,
    });

    expect(response.status).toBe(400);
    expect(api.requests).toEqual([]);
  });

  it('names a member constructor that it does not know, as it does any other', async () => {
    const response = await api.createNote({ body: '{"title":"Milk","content":"","constructor":1}' });

    expect(response.body).toMatchObject({ status: 400, errors: [{ pointer: '/constructor', detail: 'is not known' }] });
  });

  it.each([
    ['createNote', 'text/plain'],
    ['createNote', 'application/merge-patch+json'],
    ['createNote', 'application/x-www-form-urlencoded'],
    ['createNote', 'application/jsonp'],
    ['updateNote', 'application/merge-patch+json'],
    ['patchNote', 'application/json'],
    ['patchNote', 'application/json-patch+json'],
  ] as const)('is a 415 when %s comes as %s, and changes nothing', async (operation, contentType) => {
    const response = await api[operation]({ headers: { 'content-type': contentType }, body: note });

    expect(response.body).toMatchObject({ status: 415, errors: [{ in: 'header', pointer: '/Content-Type' }] });
    expect(api.requests).toEqual([]);
  });

  it.each(['createNote', 'updateNote', 'patchNote'] as const)('is a 415 when %s has no content type', async (operation) => {
    const response = await api[operation]({ headers: { 'content-type': '' }, body: note });

    expect(response.body).toMatchObject({ status: 415, errors: [{ pointer: '/Content-Type', detail: 'is missing' }] });
    expect(api.requests).toEqual([]);
  });

  it.each(['application/json; charset=utf-8', 'Application/JSON', 'application/json ; charset=utf-8', 'application/json;'])(
    'is read when it comes as %s',
    async (contentType) => {
      const response = await createNotesApi(eventOf).createNote({ headers: { 'content-type': contentType }, body: note });

      expect(response.status).toBe(201);
    },
  );

  it.each(['createNote', 'updateNote', 'patchNote'] as const)('of %s may have 256 KiB', async (operation) => {
    const response = await api[operation]({ body: bodyOfBytes(maxBytes) });

    expect(response.body).toMatchObject({ status: 400, errors: expect.arrayContaining([expect.objectContaining({ pointer: '/filler' })]) });
  });

  it.each(['createNote', 'updateNote', 'patchNote'] as const)('of %s is a 413 with one byte more', async (operation) => {
    const response = await api[operation]({ body: bodyOfBytes(maxBytes + 1) });

    expect(response.body).toMatchObject({ status: 413, type: '/problems/payload-too-large' });
    expect(api.requests).toEqual([]);
  });

  it('is judged by its size before anything else', async () => {
    const response = await api.createNote({ headers: { 'content-type': 'text/plain' }, body: 'x'.repeat(maxBytes + 1) });

    expect(response.status).toBe(413);
  });

  it('is a merge patch when the method is PATCH', async () => {
    const { patchNote, requests } = createNotesApi(eventOf, reply({ Attributes: storedNote }));

    const response = await patchNote({ body: { title: 'Brot & Käse 🧀', expiresAt: null } });

    expect(response.status).toBe(200);
    expect(requests).toMatchObject([
      {
        operation: 'UpdateItem',
        input: {
          UpdateExpression: expect.stringMatching(/^SET .* REMOVE #n\d+, #n\d+$/),
          ExpressionAttributeValues: { ':v0': { S: 'Brot & Käse 🧀' } },
        },
      },
    ]);
  });

  it('may be anything where an operation takes none', async () => {
    const { deleteNote } = createNotesApi(eventOf, refusal('ConditionalCheckFailedException'));

    const response = await deleteNote({ headers: { 'content-type': 'application/json' }, body: '{"not":' });

    expect(response.status).toBe(404);
  });
});
