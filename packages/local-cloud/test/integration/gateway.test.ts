import { afterEach, describe, expect, it } from '@jest/globals';
import { failure } from '../../src/lambda/functions/outcome.ts';
import { type FakeService, startService } from './support/service.ts';

let service: Awaited<ReturnType<typeof startService>>;

const anyNote = [{ httpApi: { method: '*', path: '/notes/{proxy+}' } }, { httpApi: { method: '*', path: '/notes' } }];
const start = async (given: Partial<FakeService> = {}) => {
  service = await startService({ events: anyNote, ...given });
  return service;
};
afterEach(() => service.stop());

const problem = async (response: Response) => {
  const body = (await response.json()) as Record<string, unknown>;
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('x-request-id')).toBe(body['requestId']);
  return body;
};

describe('the gateway', () => {
  it('responds 503 with Retry-After while services are starting, and 404 when all are there', async () => {
    const { origin, join } = await start();

    const early = await fetch(`${origin}/notes`);
    join();
    const late = await fetch(`${origin}/nowhere`);

    expect(early.status).toBe(503);
    expect(early.headers.get('retry-after')).toBe('1');
    expect(await problem(early)).toMatchObject({ type: '/problems/service-unavailable', status: 503 });
    expect(late.status).toBe(404);
    expect(await problem(late)).toMatchObject({
      type: '/problems/not-found',
      detail: expect.stringContaining('GET /nowhere'),
    });
  });

  it.each([
    ['a function that fails', failure('Error', 'boom at secret.ts')],
    ['a result without a status that can be sent', { payload: '{"statusCode":"secret"}' }],
    ['a header that cannot be sent', { payload: '{"statusCode":200,"headers":{"secret":"a\\r\\nb"}}' }],
  ])('responds 500 for %s, and tells nothing of it', async (_, outcome) => {
    const { origin, own, join } = await start({ invoke: async () => outcome });
    join();

    const response = await fetch(`${origin}/notes`);
    const alone = await fetch(`${own}/notes`);

    expect([response.status, alone.status]).toEqual([500, 500]);
    expect(JSON.stringify(await problem(response))).not.toMatch(/boom|secret/);
    expect(await alone.json()).toEqual({ message: 'Internal Server Error' });
  });

  it('lets a page that the service allows read the gateway’s own errors, and no other', async () => {
    const cors = { allowedOrigins: ['http://a.example'], exposedResponseHeaders: ['x-request-id'] };
    const { origin, join } = await start({ cors, invoke: async () => failure('Error', '') });
    join();

    const listed = await fetch(`${origin}/notes`, { headers: { origin: 'http://a.example' } });
    const other = await fetch(`${origin}/notes`, { headers: { origin: 'http://b.example' } });

    expect([listed.status, other.status]).toEqual([500, 403]);
    expect(listed.headers.get('access-control-allow-origin')).toBe('http://a.example');
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('answers with what functions say, problems too, the same as the service’s own port', async () => {
    const theirs = crypto.randomUUID();
    const gone = { type: '/problems/gone', title: 'Gone', status: 404, detail: 'It was here', requestId: theirs };
    const body = JSON.stringify(gone);
    const said = { 'x-request-id': theirs, 'content-type': 'application/problem+json', etag: '"1"' };
    const payload = JSON.stringify({ statusCode: 404, headers: said, body });
    const { origin, own, join } = await start({ invoke: async () => ({ payload }) });
    join();

    const answers = await Promise.all([origin, own].map((url) => fetch(`${url}/notes/1?a=%20b`)));

    for (const answer of answers) {
      expect(answer.status).toBe(404);
      expect(answer.headers.get('x-request-id')).toBe(theirs);
      expect(await answer.text()).toBe(body);
    }
    const [first, second] = answers.map(({ headers }) =>
      Object.fromEntries([...headers].filter(([name]) => name !== 'date')),
    );
    expect(first).toEqual(second);
  });
});
