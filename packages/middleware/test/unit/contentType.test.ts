import { describe, expect, it } from '@jest/globals';
import { createNotesApi, gateways } from '../support/notes.ts';

const note = { title: 'Milk', content: 'Two pints' };

describe.each(gateways)('the content type of a body from %s', (_name, eventOf) => {
  const api = createNotesApi(eventOf);

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

  it.each(['createNote', 'updateNote', 'patchNote'] as const)(
    'is a 415 when %s has no content type',
    async (operation) => {
      const response = await api[operation]({ headers: { 'content-type': '' }, body: note });

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
    const response = await createNotesApi(eventOf).createNote({ headers: { 'content-type': contentType }, body: note });

    expect(response.status).toBe(201);
  });
});
