import { refusal, reply } from '@app/test-support';
import { describe, expect, it } from '@jest/globals';
import { createMemosApi, entityTag, gateways, storedMemo } from '../support/memos.ts';

const conditionFailed = (Item?: object) => refusal('ConditionalCheckFailedException', { ...(Item && { Item }) });
const writes = [
  ['updateMemo', { body: { title: 'Milk' } }],
  ['patchMemo', { body: { title: 'Milk' } }],
  ['deleteMemo', {}],
] as const;

describe.each(gateways)('reading a memo through %s', (_name, eventOf) => {
  const read = (ifNoneMatch?: string) =>
    createMemosApi(eventOf, reply({ Item: storedMemo })).getMemo({
      ...(ifNoneMatch !== undefined && { headers: { 'if-none-match': ifNoneMatch } }),
    });

  it('answers with its entity tag, to be kept and asked again', async () => {
    const response = await read();

    expect(response).toMatchObject({ status: 200, headers: { ETag: entityTag, 'Cache-Control': 'private, no-cache' } });
  });

  it.each([entityTag, `W/${entityTag}`, `"other", ${entityTag}`, '*'])(
    'is a bare 304 to If-None-Match: %s',
    async (tags) => {
      const response = await read(tags);

      expect(response).toMatchObject({
        status: 304,
        headers: { ETag: entityTag, 'Cache-Control': 'private, no-cache' },
      });
      expect(response.body).toBeUndefined();
      expect(response.headers).not.toHaveProperty('Content-Type');
    },
  );

  it('answers whole to the tag of another state', async () => {
    expect(await read('"1-mjuohs00"')).toMatchObject({ status: 200 });
  });

  it('is a 400 when If-None-Match is malformed', async () => {
    const response = await read('nonsense');

    expect(response.body).toMatchObject({ status: 400, errors: [{ in: 'header', pointer: '/If-None-Match' }] });
    expect(response.headers).toMatchObject({ 'Cache-Control': 'no-store' });
  });
});

describe.each(gateways)('writing to a memo through %s', (_name, eventOf) => {
  it('reads If-Match over several header lines', async () => {
    const api = createMemosApi(eventOf, reply({ Attributes: storedMemo }));

    await api.deleteMemo({ headers: { 'if-match': ['"1-mjuohs00"', entityTag] } });

    const values = Object.values(api.requests[0]?.input.ExpressionAttributeValues ?? {});
    expect(values).toEqual(expect.arrayContaining([{ N: '1' }, { N: '2' }]));
  });

  it.each(writes)('%s asks for one of the states that If-Match names', async (operation, request) => {
    const api = createMemosApi(eventOf, reply({ Attributes: storedMemo }));

    await api[operation]({ ...request, headers: { 'if-match': `"1-mjuohs00", W/"7-mjuohs00", ${entityTag}` } });

    const { ExpressionAttributeValues: values, ConditionExpression } = api.requests[0]?.input ?? {};
    expect(ConditionExpression).toMatch(
      /AND \(\(\(#n\d = :v\d\) AND \(#n\d = :v\d\)\) OR \(\(#n\d = :v\d\) AND \(#n\d = :v\d\)\)\)/,
    );
    expect(Object.values(values as object)).toEqual(expect.arrayContaining([{ N: '1' }, { N: '2' }]));
    expect(Object.values(values as object)).not.toContainEqual({ N: '7' });
  });

  it.each(writes)('%s allows any state to *, as it does without If-Match', async (operation, request) => {
    const written = reply({ Attributes: storedMemo });
    const [free, any] = [createMemosApi(eventOf, written), createMemosApi(eventOf, written)];

    await free[operation](request);
    await any[operation]({ ...request, headers: { 'if-match': '*' } });

    expect(any.requests[0]?.input.ConditionExpression).toBe(free.requests[0]?.input.ConditionExpression);
  });

  it.each(writes)('%s is a 412 when the memo is in another state', async (operation, request) => {
    const api = createMemosApi(eventOf, conditionFailed(storedMemo));

    const response = await api[operation]({ ...request, headers: { 'if-match': '"1-mjuohs00"' } });

    expect(response.body).toMatchObject({ status: 412, type: '/problems/precondition-failed' });
    expect(response.headers).not.toHaveProperty('ETag');
  });

  it.each(writes)('%s is a 404 when there is no such memo, whatever If-Match says', async (operation, request) => {
    const api = createMemosApi(eventOf, conditionFailed());

    const response = await api[operation]({ ...request, headers: { 'if-match': entityTag } });

    expect(response.body).toMatchObject({ status: 404, type: '/problems/not-found' });
  });

  it.each(writes)('%s is a 400 when If-Match is malformed, and changes nothing', async (operation, request) => {
    const api = createMemosApi(eventOf);

    const responses = [
      await api[operation]({ ...request, headers: { 'if-match': '2-mjuohs00' } }),
      await api[operation]({ ...request, headers: { 'if-match': '' } }),
      await api[operation]({ ...request, headers: { 'if-match': Array.from({ length: 51 }, () => entityTag).join() } }),
    ];

    for (const { body } of responses) {
      expect(body).toMatchObject({ status: 400, errors: [{ in: 'header', pointer: '/If-Match' }] });
    }
    expect(api.requests).toEqual([]);
  });

  it('takes 50 tags in one condition', async () => {
    const api = createMemosApi(eventOf, reply({ Attributes: storedMemo }));
    const tags = Array.from({ length: 50 }, (_, index) => `"${(index + 1).toString(36)}-mjuohs00"`);

    const response = await api.deleteMemo({ headers: { 'if-match': tags.join() } });

    expect(response.status).toBe(204);
  });
});
