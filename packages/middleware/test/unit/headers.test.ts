import { refusal, reply } from '@app/test-support';
import { describe, expect, it } from '@jest/globals';
import { createMemosApi, gateways, id, storedMemo } from '../support/memos.ts';

const body = { title: 'Milk', content: 'Two pints' };
const conditionFailed = refusal('ConditionalCheckFailedException');
const minted = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

describe.each(gateways)('the headers through %s', (_name, eventOf) => {
  const outcomes = [
    ['201', () => createMemosApi(eventOf).createMemo({ body })],
    ['200', () => createMemosApi(eventOf).listMemos()],
    ['204', () => createMemosApi(eventOf, reply({ Attributes: storedMemo })).deleteMemo()],
    ['400', () => createMemosApi(eventOf).createMemo({ body: {} })],
    ['404', () => createMemosApi(eventOf, conditionFailed).deleteMemo()],
    ['413', () => createMemosApi(eventOf).createMemo({ body: 'x'.repeat(300_000) })],
    ['415', () => createMemosApi(eventOf).createMemo({ headers: { 'content-type': 'text/plain' }, body: 'x' })],
    ['500', () => createMemosApi(eventOf, refusal('ValidationException')).listMemos()],
    ['503', () => createMemosApi(eventOf, refusal('ThrottlingException')).listMemos()],
  ] as const;

  it.each(outcomes)('secure a %s, and keep it out of caches', async (status, respond) => {
    const response = await respond();

    expect(response.status).toBe(Number(status));
    expect(response.headers).toMatchObject({
      'Cache-Control': 'no-store',
      'Strict-Transport-Security': expect.stringMatching(/^max-age=\d{8,}/),
      'X-Content-Type-Options': 'nosniff',
      'x-request-id': expect.stringMatching(minted),
    });
  });

  it('name the media type of what is there', async () => {
    const memo = await createMemosApi(eventOf).createMemo({ body });
    const problem = await createMemosApi(eventOf).createMemo({ body: {} });
    const nothing = await createMemosApi(eventOf, reply({ Attributes: storedMemo })).deleteMemo();

    expect(memo.headers['Content-Type']).toBe('application/json');
    expect(problem.headers['Content-Type']).toBe('application/problem+json');
    expect(nothing.headers).not.toHaveProperty('Content-Type');
    expect(nothing.body).toBeUndefined();
  });

  it('carry a request id of our own, the same as in the problem, and never the caller’s', async () => {
    const { getMemo } = createMemosApi(eventOf);

    const responses = await Promise.all(
      Array.from({ length: 10 }, () => getMemo({ headers: { 'x-request-id': 'from-the-caller' } })),
    );

    const ids = responses.map(({ headers }) => headers['x-request-id']);
    expect(new Set(ids).size).toBe(10);
    expect(ids).not.toContain('from-the-caller');
    expect(responses.map((response) => response.body?.requestId)).toEqual(ids);
  });
});

const [[, httpApiEvent], [, restApiEvent]] = gateways;

describe('the paths in headers', () => {
  const page = reply({ Items: [storedMemo], LastEvaluatedKey: storedMemo });

  it.each([
    ['an HTTP API', httpApiEvent, '/memos'],
    ['a REST API, whose stage stays in front', restApiEvent, '/dev/memos'],
  ])('of %s can be followed: Location', async (_case, eventOf, path) => {
    const response = await createMemosApi(eventOf).createMemo({ body });

    expect(response.headers.Location).toBe(`${path}/${String(response.body?.id)}`);
  });

  it.each([
    ['an HTTP API', httpApiEvent, '/memos'],
    ['a REST API, whose stage stays in front', restApiEvent, '/dev/memos'],
  ])('of %s can be followed: Link', async (_case, eventOf, path) => {
    const response = await createMemosApi(eventOf, page).listMemos({ query: 'limit=1' });

    const { nextCursor } = response.body as { nextCursor: string };
    expect(response.headers.Link).toBe(`<${path}?limit=1&cursor=${nextCursor}>; rel="next"`);
  });

  it('are there only while there is something to follow', async () => {
    const last = await createMemosApi(httpApiEvent, reply({ Items: [storedMemo] })).listMemos();
    const refused = await createMemosApi(httpApiEvent).createMemo({ body: {} });

    expect(last.headers).not.toHaveProperty('Link');
    expect(last.body).not.toHaveProperty('nextCursor');
    expect(refused.headers).not.toHaveProperty('Location');
  });

  it('of a replay lead to the memo that is there', async () => {
    const { createMemo } = createMemosApi(
      httpApiEvent,
      refusal('ConditionalCheckFailedException', { Item: storedMemo }),
    );

    const response = await createMemo({ body });

    expect(response.body).toMatchObject({ id });
  });
});
