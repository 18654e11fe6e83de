import { describe, expect, it } from '@jest/globals';
import { corsHeaders, preflightHeaders } from '../../src/s3/cors.ts';

const rules = [
  {
    AllowedOrigins: ['http://a.example', 'https://*.b.example'],
    AllowedMethods: ['PUT', 'GET'],
    AllowedHeaders: ['Content-*'],
    ExposedHeaders: ['ETag'],
    MaxAge: 60,
  },
];
const asked = { origin: 'http://a.example', method: 'PUT', headers: 'content-type' };

describe("a bucket's preflight", () => {
  it('is answered with the origin, the methods and the headers that were asked for', () => {
    expect(preflightHeaders(rules, asked)).toMatchObject({
      'access-control-allow-origin': 'http://a.example',
      'access-control-allow-methods': 'PUT, GET',
      'access-control-allow-headers': 'content-type',
      'access-control-max-age': '60',
    });
  });

  it.each([
    ['another origin', { origin: 'http://a.example.evil' }],
    ['another method', { method: 'DELETE' }],
    ['another header', { headers: 'content-type, x-custom' }],
  ])('is refused for %s', (_case, over) => {
    expect(preflightHeaders(rules, { ...asked, ...over })).toBeUndefined();
  });

  it('is refused by a bucket without rules', () => {
    expect(preflightHeaders([], asked)).toBeUndefined();
  });
});

describe("a bucket's answer", () => {
  it.each([
    ['http://a.example', 'http://a.example'],
    ['https://www.b.example', 'https://www.b.example'],
    ['https://b.example', undefined],
    ['http://other.example', undefined],
  ])('to %s names %s', (origin, expected) => {
    expect(corsHeaders(rules, origin, 'GET')['access-control-allow-origin']).toBe(expected);
  });
});
