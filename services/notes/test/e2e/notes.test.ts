import type { Note } from '@app/contracts/notes';
import { describe, expect, it } from '@jest/globals';

const { GATEWAY_URL: gateway = '', NOTES_URL: alone = '' } = process.env;
const origin = 'http://localhost:5173';

interface Request {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

const mediaTypes: Readonly<Record<string, string>> = { PATCH: 'application/merge-patch+json' };

const send = async (url: string, { method = 'GET', headers, body }: Request = {}) => {
  const response = await fetch(url, {
    method,
    headers: { ...(body !== undefined && { 'content-type': mediaTypes[method] ?? 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: (text === '' ? undefined : JSON.parse(text)) as Record<string, unknown> | undefined,
  };
};

const note = { title: 'Milk 🧀', content: 'Two pints' };

describe.each([
  ['the gateway', gateway],
  ['the service alone', alone],
])('notes through %s', (_name, base) => {
  it('are created, read, changed and deleted', async () => {
    const created = await send(`${base}/notes`, { method: 'POST', body: note });
    const url = `${base}${created.headers.location ?? ''}`;
    expect(created).toMatchObject({ status: 201, headers: { etag: expect.any(String) }, body: note });
    const headers = { 'if-match': created.headers.etag ?? '' };

    expect(await send(url)).toMatchObject({ status: 200, body: created.body });
    expect(await send(url, { headers: { 'if-none-match': created.headers.etag ?? '' } })).toMatchObject({
      status: 304,
    });
    expect(await send(url, { method: 'PUT', headers, body: { title: 'Bread' } })).toMatchObject({ status: 200 });
    expect(await send(url, { method: 'PUT', headers, body: { title: 'Cheese' } })).toMatchObject({ status: 412 });
    expect(await send(url, { method: 'PATCH', body: { content: 'Käse', expiresAt: null } })).toMatchObject({
      status: 200,
      body: { title: 'Bread', content: 'Käse', version: 3 },
    });
    expect(await send(url, { method: 'DELETE' })).toMatchObject({ status: 204, body: undefined });
    expect(await send(url)).toMatchObject({ status: 404, body: { type: '/problems/not-found' } });
  });

  it('are listed page by page, by following Link', async () => {
    const made = await Promise.all(
      Array.from({ length: 3 }, () => send(`${base}/notes`, { method: 'POST', body: note })),
    );
    const ids = made.map(({ body }) => body?.id);

    const seen: string[] = [];
    let path: string | undefined = '/notes?limit=2';
    while (path !== undefined && !ids.every((id) => seen.includes(String(id)))) {
      const page = await send(`${base}${path}`);
      seen.push(...(page.body as { notes: Note[] }).notes.map(({ id }) => id));
      path = /^<(.*)>; rel="next"$/.exec(page.headers.link ?? '')?.[1];
    }

    expect(seen).toEqual(expect.arrayContaining(ids));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('are made once under one Idempotency-Key', async () => {
    const request = { method: 'POST', headers: { 'idempotency-key': crypto.randomUUID() }, body: note };

    const [first, second] = [await send(`${base}/notes`, request), await send(`${base}/notes`, request)];

    expect(second).toMatchObject({ status: 201, headers: { 'idempotency-replayed': 'true' }, body: first.body });
  });

  it.each<[string, Request, number]>([
    ['malformed JSON', { method: 'POST', body: '{"title":' }, 400],
    ['a field that is not known', { method: 'POST', body: { ...note, colour: 'red' } }, 400],
    ['a body of another type', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x' }, 415],
    ['a body over 256 KiB', { method: 'POST', body: { ...note, content: 'x'.repeat(256 * 1024) } }, 413],
    ['a method that there is not', { method: 'DELETE' }, 404],
  ])('refuse %s with a problem and all headers', async (_case, request, status) => {
    const response = await send(`${base}/notes`, { ...request, headers: { origin, ...request.headers } });

    expect(response).toMatchObject({
      status,
      headers: {
        'content-type': 'application/problem+json',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'access-control-allow-origin': origin,
      },
      body: { status, requestId: response.headers['x-request-id'] },
    });
  });

  it('answer 404 to a route that there is not', async () => {
    const response = await send(`${base}/nothing/here`);

    expect(response).toMatchObject({
      status: 404,
      headers: { 'content-type': 'application/problem+json' },
      body: { type: '/problems/not-found', status: 404 },
    });
  });

  it('let a page of an origin on the list call them', async () => {
    const preflight = await send(`${base}/notes`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'PATCH',
        'access-control-request-headers': 'content-type,if-match',
      },
    });
    const response = await send(`${base}/notes?limit=1`, { headers: { origin } });

    expect(preflight.status).toBe(204);
    expect(preflight.headers).toMatchObject({ 'access-control-allow-origin': origin });
    expect(preflight.headers['access-control-allow-methods']).toContain('PATCH');
    expect(preflight.headers['access-control-allow-headers']?.toLowerCase()).toContain('if-match');
    expect(response.headers).toMatchObject({ 'access-control-allow-origin': origin });
    expect(response.headers['access-control-expose-headers']).toContain('ETag');
  });

  it.each(['https://evil.example', 'http://localhost:5174'])('give the origin %s no CORS header', async (other) => {
    const preflight = await send(`${base}/notes`, {
      method: 'OPTIONS',
      headers: { origin: other, 'access-control-request-method': 'GET' },
    });
    const response = await send(`${base}/notes?limit=1`, { headers: { origin: other } });
    const refusal = await send(`${base}/notes/x`, { headers: { origin: other } });

    const names = [preflight, response, refusal].flatMap(({ headers }) => Object.keys(headers));
    expect(names.filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });
});
