import { reply } from '@app/test-support';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { createMemosApi, gateways, storedMemo } from '../support/memos.ts';

const text = fc.string({ unit: 'binary' });
const values = fc.oneof(text, fc.jsonValue(), fc.constantFrom('2999-01-01T00:00:00Z', null, '', {}, [], -0));
const names = fc.oneof(fc.constantFrom('title', 'content', 'expiresAt', '__proto__', 'constructor'), text);
const bodies = fc.oneof(fc.string(), fc.json(), fc.dictionary(names, values));
const headerValues = fc.oneof(fc.stringMatching(/^[\x20-\x7e]{0,60}$/), fc.stringMatching(/^[W/"*, a-z0-9-]{0,20}$/));
const headers = fc.dictionary(
  fc.constantFrom('If-Match', 'If-None-Match', 'Idempotency-Key', 'Content-Type', 'Origin', 'X-Request-Id'),
  headerValues,
);
const queries = fc.oneof(
  fc.webQueryParameters(),
  fc.stringMatching(/^(limit|cursor|[a-z%]{1,6})=[\w%+-]{0,20}$/),
  text,
);

/** The statuses that these operations have; a 5xx would say that the fault is ours. */
const documented = [200, 201, 204, 304, 400, 404, 412, 413, 415, 422];

describe.each(gateways)('whatever comes through %s', (_name, eventOf) => {
  const api = createMemosApi(eventOf, reply({ Item: storedMemo, Attributes: storedMemo }));

  it('as a body is answered, and what is refused changes nothing', async () => {
    const operations = fc.constantFrom('createMemo', 'updateMemo', 'patchMemo');

    await fc.assert(
      fc.asyncProperty(operations, bodies, headers, async (operation, body, given) => {
        api.requests.length = 0;

        const { status } = await api[operation as 'createMemo']({ body, headers: given });

        expect(documented).toContain(status);
        expect(api.requests).toHaveLength(status >= 400 && status !== 404 ? 0 : 1);
      }),
      { numRuns: 300 },
    );
  });

  it('as a query, an id and headers is answered', async () => {
    const operations = fc.constantFrom('getMemo', 'listMemos', 'deleteMemo');

    await fc.assert(
      fc.asyncProperty(operations, queries, text, headers, async (operation, query, id, given) => {
        const { status } = await api[operation as 'getMemo']({ query, headers: given, params: { id } });

        expect(documented).toContain(status);
      }),
      { numRuns: 300 },
    );
  });
});
