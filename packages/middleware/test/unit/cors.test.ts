import { refusal, reply } from '@app/test-support';
import { describe, expect, it } from '@jest/globals';
import { createMemosApi, gateways, storedMemo } from '../support/memos.ts';

const allowed = 'http://localhost:5173'; // CORS_ORIGINS of the tests: packages/test-support/jest/environment.ts

describe.each(gateways)('CORS through %s', (_name, eventOf) => {
  const respondTo = async (headers: Record<string, string>) => {
    const found = createMemosApi(eventOf, reply({ Item: storedMemo }));
    const failing = createMemosApi(eventOf, refusal('ThrottlingException'));
    return [
      await found.getMemo({ headers }),
      await found.getMemo({ headers: { ...headers, 'if-none-match': '*' } }),
      await found.createMemo({ headers, body: {} }),
      await failing.getMemo({ headers }),
    ];
  };

  it('lets an origin on the list read every answer and its headers, refusals too', async () => {
    const responses = await respondTo({ origin: allowed });

    expect(responses.map(({ status }) => status)).toEqual([200, 304, 400, 503]);
    for (const { headers } of responses) {
      expect(headers).toMatchObject({ 'Access-Control-Allow-Origin': allowed, Vary: 'Origin' });
      expect(headers['Access-Control-Expose-Headers']?.split(', ')).toEqual(
        expect.arrayContaining(['ETag', 'Location', 'Link', 'x-request-id', 'Idempotency-Replayed', 'Retry-After']),
      );
      expect(headers).not.toHaveProperty('Access-Control-Allow-Credentials');
    }
  });

  it.each([
    ['an origin that is not on the list', { origin: 'https://evil.example' }],
    ['an origin that begins like one on it', { origin: `${allowed}.evil.example` }],
    ['another port', { origin: 'http://localhost:5174' }],
    ['another scheme', { origin: 'https://localhost:5173' }],
    ['the origin null', { origin: 'null' }],
    ['no origin', {}],
  ])('gives %s no CORS header at all', async (_case, headers) => {
    const responses = await respondTo(headers);

    const names = responses.flatMap((response) => Object.keys(response.headers));
    expect(names.filter((name) => /^access-control-/i.test(name))).toEqual([]);
    expect(JSON.stringify(responses)).not.toContain('evil');
  });
});
