import { describe, expect, it } from '@jest/globals';
import { createMemosApi, gateways } from '../support/memos.ts';

const memo = { title: 'Milk', content: 'Two pints' };
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const anHourAgo = () => new Date(Date.now() - 3_600_000).toISOString();

describe.each(gateways)('a memo from %s', (_name, eventOf) => {
  it.each([
    ['a title of 1', { title: 'x' }],
    ['a title of 200', { title: 'x'.repeat(200) }],
    ['a title of 200 that are two UTF-16 units each', { title: '🧀'.repeat(200) }],
    ['no content', { content: '' }],
    ['a content of 100,000', { content: 'x'.repeat(100_000) }],
    ['a content of 50,000 that are four bytes each', { content: '🧀'.repeat(50_000) }],
    ['an expiry to come', { expiresAt: inAnHour() }],
    ['the text of an operator', { title: 'attribute_exists(#n0) OR :v0 = :v0', content: 'SET #n0 = :v0' }],
    ['a NUL and other controls', { title: '\u0000\u001f\u007f\u200b' }],
    ['letters that can be composed', { title: 'e\u0301 and \u00e9' }],
  ])('may have %s, and comes back as it was given', async (_case, fields) => {
    const { createMemo, requests } = createMemosApi(eventOf);

    const response = await createMemo({ body: { ...memo, ...fields } });

    expect(response).toMatchObject({ status: 201, body: { ...memo, ...fields } });
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['an empty title', { title: '' }, '/title', 'must have at least 1 character'],
    ['a title of 201', { title: 'x'.repeat(201) }, '/title', 'must have no more than 200 characters'],
    ['a title of 201 astral ones', { title: '🧀'.repeat(201) }, '/title', 'must have no more than 200 characters'],
    ['a title that is a number', { title: 7 }, '/title', 'must be of type string'],
    ['a title that is null', { title: null }, '/title', 'must be of type string'],
    ['no title', { title: undefined }, '/title', 'is required'],
    ['no content', { content: undefined }, '/content', 'is required'],
    ['a content of 100,001', { content: 'x'.repeat(100_001) }, '/content', 'must have no more than 100000 characters'],
    ['a content that is a list', { content: ['x'] }, '/content', 'must be of type string'],
    ['an expiry that is past', { expiresAt: anHourAgo() }, '/expiresAt', 'must lie in the future'],
    ['an expiry on 31 February', { expiresAt: '2999-02-31T00:00:00Z' }, '/expiresAt', 'must be a valid date-time'],
    ['an expiry of null', { expiresAt: null }, '/expiresAt', 'must be of type string'],
    ['a field that is not known', { colour: 'red' }, '/colour', 'is not known'],
    ['a field with a slash and a tilde', { 'a/b~c': 1 }, '/a~1b~0c', 'is not known'],
    ['a field that only storage has', { ownerId: 'mallory' }, '/ownerId', 'is not known'],
    ['an id of its own', { id: 'x' }, '/id', 'is not known'],
    ['half a surrogate pair', { title: 'a\ud83d' }, '/title', 'must be well-formed Unicode (no lone surrogates)'],
    ['the other half', { content: '\udc00a' }, '/content', 'must be well-formed Unicode (no lone surrogates)'],
  ])('is a 400 with %s, and changes nothing', async (_case, fields, pointer, detail) => {
    const { createMemo, requests } = createMemosApi(eventOf);

    const response = await createMemo({ body: { ...memo, ...fields } });

    expect(response.body).toMatchObject({ status: 400, errors: [{ in: 'body', pointer, detail }] });
    expect(requests).toEqual([]);
  });

  it('is told everything that is wrong with it at once', async () => {
    const response = await createMemosApi(eventOf).createMemo({ body: { title: '', colour: 'red' } });

    const errors = response.body?.errors as { pointer: string }[];
    expect(errors.map(({ pointer }) => pointer).toSorted()).toEqual(['/colour', '/content', '/title']);
  });

  it('is told no more than 50 things', async () => {
    const fields = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`field${index}`, 1]));

    const response = await createMemosApi(eventOf).createMemo({ body: { ...memo, ...fields } });

    expect(response.body?.errors).toHaveLength(50);
  });
});

describe.each(gateways)('a change from %s', (_name, eventOf) => {
  it.each([
    ['updateMemo', {}, '', 'must have at least one field'],
    ['patchMemo', {}, '', 'must have at least one field'],
    ['updateMemo', { expiresAt: null }, '/expiresAt', 'must be of type string'],
    ['updateMemo', { title: null }, '/title', 'must be of type string'],
    ['patchMemo', { title: null }, '/title', 'must be of type string'],
    ['patchMemo', { content: null }, '/content', 'must be of type string'],
    ['patchMemo', { expiresAt: anHourAgo() }, '/expiresAt', 'must lie in the future'],
    ['patchMemo', { version: 7 }, '/version', 'is not known'],
    ['patchMemo', { title: 'x'.repeat(201) }, '/title', 'must have no more than 200 characters'],
    ['patchMemo', { title: '\ud800' }, '/title', 'must be well-formed Unicode (no lone surrogates)'],
  ] as const)('is a 400 when %s has %j, and changes nothing', async (operation, body, pointer, detail) => {
    const api = createMemosApi(eventOf);

    const response = await api[operation]({ body });

    expect(response.body).toMatchObject({ status: 400, errors: [{ in: 'body', pointer, detail }] });
    expect(api.requests).toEqual([]);
  });
});
