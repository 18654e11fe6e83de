import { describe, expect, it } from '@jest/globals';
import { created, noContent, ok, page } from '../../src/response.ts';

describe('the responses', () => {
  it('say that a create was a replay, and only then', () => {
    expect(created({ resource: 'note', replayed: true }).headers).toEqual({ 'Idempotency-Replayed': 'true' });
    expect(created({ resource: 'note', replayed: false })).toEqual({ statusCode: 201, body: 'note', headers: {} });
  });

  it('count the rows of a page, and leave its key to the pipeline', () => {
    const response = page('notes', { items: ['a', 'b'], lastKey: ['k'] });

    expect(response).toEqual({ statusCode: 200, body: { notes: ['a', 'b'], count: 2 }, lastKey: ['k'] });
  });

  it('are bare otherwise', () => {
    expect(ok('note')).toEqual({ statusCode: 200, body: 'note' });
    expect(noContent()).toEqual({ statusCode: 204, body: undefined });
  });
});
