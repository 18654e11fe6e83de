import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { attachment } from '../../src/index.ts';

describe('attachment', () => {
  it.each([
    ['report.pdf', `attachment; filename="report.pdf"; filename*=UTF-8''report.pdf`],
    ['a "b" \\ %41.txt', `attachment; filename="a _b_ _ _41.txt"; filename*=UTF-8''a%20%22b%22%20%5C%20%2541.txt`],
    ['€ rates.txt', `attachment; filename="_ rates.txt"; filename*=UTF-8''%E2%82%AC%20rates.txt`],
    ["it's (1)*.txt", `attachment; filename="it's (1)*.txt"; filename*=UTF-8''it%27s%20%281%29%2A.txt`],
    [
      '../x\r\nSet-Cookie: a=b',
      `attachment; filename=".._x__Set-Cookie: a=b"; filename*=UTF-8''..%2Fx%0D%0ASet-Cookie%3A%20a%3Db`,
    ],
  ])('of %j', (fileName, expected) => {
    expect(attachment(fileName)).toBe(expected);
  });

  it('carries every name whole, and nothing but a token, a quoted string and an extended value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (fileName) => {
        const [, fallback, encoded = ''] =
          /^attachment; filename="([\x20-\x21\x23-\x5b\x5d-\x7e]*)"; filename\*=UTF-8''([\w!#$&+.^`|~%-]*)$/.exec(
            attachment(fileName),
          ) ?? [];

        expect(fallback).not.toContain('/');
        expect(decodeURIComponent(encoded)).toBe(fileName);
      }),
    );
  });
});
