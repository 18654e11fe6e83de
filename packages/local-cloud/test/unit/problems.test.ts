import { describe, expect, it } from '@jest/globals';
import { renderProblem } from '../../src/gateway/problems.ts';

describe('a problem of the gateway', () => {
  it.each([
    [400, 'invalid-request'],
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [413, 'payload-too-large'],
    [418, 'invalid-request'],
    [500, 'internal-error'],
    [503, 'service-unavailable'],
    [507, 'internal-error'],
  ])('of status %d is %s', (status, slug) => {
    const { body, headers } = renderProblem(status, 'Said "so"');

    const requestId = headers['x-request-id'];
    expect(JSON.parse(body)).toMatchObject({ type: `/problems/${slug}`, status, detail: 'Said "so"', requestId });
  });
});
