import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parseMediaType } from '../../src/index.ts';

const read = (header: string) => {
  const { type, parameters } = parseMediaType(header) ?? {};
  return type && [type, Object.fromEntries(parameters ?? [])];
};

describe('a media type', () => {
  it.each([
    ['application/json', 'application/json', {}],
    ['Application/JSON', 'application/json', {}],
    [' text/plain ', 'text/plain', {}],
    ['text/plain;', 'text/plain', {}],
    ['text/plain;charset=utf-8', 'text/plain', { charset: ['utf-8'] }],
    ['text/plain ;\tCharset="UTF-8" ', 'text/plain', { charset: ['UTF-8'] }],
    [String.raw`text/plain; a="b\"c;d, \e"`, 'text/plain', { a: ['b"c;d, e'] }],
    ['text/plain; a=1; ;A=2', 'text/plain', { a: ['1', '2'] }],
    ['multipart/form-data; boundary="a b"', 'multipart/form-data', { boundary: ['a b'] }],
    ['text/plain; __proto__=x', 'text/plain', JSON.parse('{"__proto__":["x"]}')],
  ])('is read from %j', (header, type, parameters) => {
    expect(read(header)).toEqual([type, parameters]);
  });

  it.each([
    '',
    'json',
    'a/',
    '/b',
    'a/b/c',
    'a b/c',
    'a/b c=d',
    'a/b; c',
    'a/b; c=',
    'a/b; c =d',
    'a/b; c= d',
    'a/b; c="d',
    'a/b; c="d"e',
    'a/b; c=d e',
    'a/b, c/d',
    'a/b; c=d, e/f',
    'a/b; c="\u0000"',
    'a/ü',
  ])('is none in %j', (header) => {
    expect(parseMediaType(header)).toBeUndefined();
  });

  it('takes time in proportion to its length, whatever it is', () => {
    const piece = fc.constantFrom(
      ' ',
      '\t',
      ';',
      ';a=',
      ';a="',
      '\\',
      '"',
      'a',
      '=',
      ',',
      ';a=b',
      '/',
      '\\"',
      ';a="b"',
    );

    fc.assert(
      fc.property(fc.array(piece, { maxLength: 4 }), fc.array(piece, { minLength: 1, maxLength: 4 }), (start, more) => {
        const header = `a/b${start.join('')}${more.join('').repeat(100_000 / more.length)}`;
        const before = process.threadCpuUsage();

        parseMediaType(header);

        expect(process.threadCpuUsage(before).user).toBeLessThan(1_000_000); // microseconds; quadratic time would be minutes
      }),
    );
  });
});
