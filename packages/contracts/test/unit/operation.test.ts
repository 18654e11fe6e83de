import { describe, expect, it } from '@jest/globals';
import { getMemo, updateMemo } from '../../samples/services/memos.ts';
import { apis } from '../../src/apis.ts';
import { mediaTypeOf, patchOf } from '../../src/operation.ts';

const operations = Object.values(apis).flat();

/** What the pipeline, or the repository behind it, answers for the sake of a header. */
const statusOf = { 'Idempotency-Key': 422, 'If-Match': 412, 'If-None-Match': 304, Prefer: 202 } as const;

describe('patchOf', () => {
  it('is the update under a name and method of its own', () => {
    const { request: _request, ...patch } = patchOf(updateMemo);

    expect(patch).toMatchObject({ operationId: 'patchMemo', method: 'PATCH', path: '/memos/{id}' });
  });

  it('is there for updates only', () => {
    expect(() => patchOf(getMemo)).toThrow('getMemo is no update');
  });
});

describe('mediaTypeOf', () => {
  it.each([
    ['POST', 'application/json'],
    ['PUT', 'application/json'],
    ['PATCH', 'application/merge-patch+json'],
  ])('gives %s %s', (method, mediaType) => {
    expect(mediaTypeOf(method)).toBe(mediaType);
  });
});

describe('the operations of all services', () => {
  it('have each an operationId of their own', () => {
    const ids = operations.map(({ operationId }) => operationId);

    expect(new Set(ids).size).toBe(ids.length);
  });

  it('have each a method and path of their own', () => {
    const routes = operations.map(({ method, path }) => `${method} ${path}`);

    expect(new Set(routes).size).toBe(routes.length);
  });

  it.each(operations.map((operation) => [operation.operationId, operation] as const))(
    '%s describes exactly the parameters of its path',
    (_operationId, { path, request: { params } }) => {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);

      expect(Object.keys(params?.properties ?? {})).toEqual(inPath);
      expect(params?.required ?? []).toEqual(inPath);
    },
  );

  it.each(operations.map((operation) => [operation.operationId, operation] as const))(
    '%s takes no field and no parameter that it does not name',
    (_operationId, { request: { params, query, body } }) => {
      const parts = [params, query, body].filter((part) => part !== undefined);

      expect(parts.map((part) => part.additionalProperties)).toEqual(parts.map(() => false));
    },
  );

  it.each(operations.map((operation) => [operation.operationId, operation] as const))(
    '%s documents the statuses that its path and its headers bring about',
    (_operationId, { request: { params, headers = [] }, responses }) => {
      const expected = [...(params ? [404] : []), ...headers.map((header) => statusOf[header])];

      expect(Object.keys(responses).map(Number)).toEqual(expect.arrayContaining(expected));
    },
  );
});
