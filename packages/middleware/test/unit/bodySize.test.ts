import { describe, expect, it } from '@jest/globals';
import { createMemosApi, gateways } from '../support/memos.ts';

const maxBytes = 256 * 1024;

/** A body of exactly so many bytes: most of them a field that is not known, so that what is not too large is a 400. */
const bodyOfBytes = (bytes: number) => {
  const empty = JSON.stringify({ filler: '' });
  return JSON.stringify({ filler: 'é'.repeat((bytes - empty.length) / 2) + 'x'.repeat((bytes - empty.length) % 2) });
};

describe.each(gateways)('the size of a body from %s', (_name, eventOf) => {
  const api = createMemosApi(eventOf);

  it.each(['createMemo', 'updateMemo', 'patchMemo'] as const)('of %s may have 256 KiB', async (operation) => {
    const response = await api[operation]({ body: bodyOfBytes(maxBytes) });

    expect(response.body).toMatchObject({
      status: 400,
      errors: expect.arrayContaining([expect.objectContaining({ pointer: '/filler' })]),
    });
  });

  it.each(['createMemo', 'updateMemo', 'patchMemo'] as const)(
    'of %s is a 413 with one byte more',
    async (operation) => {
      const response = await api[operation]({ body: bodyOfBytes(maxBytes + 1) });

      expect(response.body).toMatchObject({ status: 413, type: '/problems/payload-too-large' });
      expect(api.requests).toEqual([]);
    },
  );

  it('is judged by its size before anything else', async () => {
    const response = await api.createMemo({
      headers: { 'content-type': 'text/plain' },
      body: 'x'.repeat(maxBytes + 1),
    });

    expect(response.status).toBe(413);
  });
});
