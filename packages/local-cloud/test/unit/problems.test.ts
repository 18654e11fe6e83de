import { describe, expect, it } from '@jest/globals';
import { problemOf } from '../../src/gateway/problems.ts';

describe('a problem of the gateway', () => {
  it.each([
    [400, 'invalid-request'],
    [401, 'unauthorized'],
    [404, 'not-found'],
    [413, 'payload-too-large'],
    [418, 'invalid-request'],
    [500, 'internal-error'],
    [502, 'bad-gateway'],
    [503, 'service-unavailable'],
    [504, 'gateway-timeout'],
    [507, 'internal-error'],
  ])('of status %d is %s', (status, slug) => {
    expect(problemOf(status, 'detail')).toMatchObject({ status, slug, detail: 'detail' });
  });
});
