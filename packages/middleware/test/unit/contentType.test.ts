import { describe, expect, it } from '@jest/globals';
import { createMemosApi, gateways } from '../support/memos.ts';

const memo = { title: 'Milk', content: 'Two pints' };

describe.each(gateways)('the content type of a body from %s', (_name, eventOf) => {
  const api = createMemosApi(eventOf);

  it.each([
    ['createMemo', 'text/plain'],
    ['createMemo', 'application/merge-patch+json'],
    ['createMemo', 'application/x-www-form-urlencoded'],
    ['createMemo', 'application/jsonp'],
    ['updateMemo', 'application/merge-patch+json'],
    ['patchMemo', 'application/json'],
    ['patchMemo', 'application/json-patch+json'],
  ] as const)('is a 415 when %s comes as %s, and changes nothing', async (operation, contentType) => {
    const response = await api[operation]({ headers: { 'content-type': contentType }, body: memo });

    expect(response.body).toMatchObject({ status: 415, errors: [{ in: 'header', pointer: '/Content-Type' }] });
    expect(api.requests).toEqual([]);
  });

  it.each(['createMemo', 'updateMemo', 'patchMemo'] as const)(
    'is a 415 when %s has no content type',
    async (operation) => {
      const response = await api[operation]({ headers: { 'content-type': '' }, body: memo });

      expect(response.body).toMatchObject({
        status: 415,
        errors: [{ pointer: '/Content-Type', detail: 'is missing' }],
      });
      expect(api.requests).toEqual([]);
    },
  );

  it.each([
    'application/json; charset=utf-8',
    'Application/JSON',
    'application/json ; charset=utf-8',
    'application/json;',
  ])('is read when it comes as %s', async (contentType) => {
    const response = await createMemosApi(eventOf).createMemo({ headers: { 'content-type': contentType }, body: memo });

    expect(response.status).toBe(201);
  });
});
