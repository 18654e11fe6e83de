import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { type CursorScope, decodeCursor, encodeCursor } from '../../src/cursor.ts';
import { HttpProblem } from '../../src/problem.ts';

const scope: CursorScope = ['listTasks', 'alice', { status: 'pending' }];
const key = ['2026-01-01T00:00:00.000Z', '0b0e7a52-6f0c-4f7b-9a53-0d3e5f3f3f10'];
const cursor = encodeCursor(scope, key);

const keys = fc.array(fc.string({ minLength: 1, unit: 'grapheme' }), { minLength: 1, maxLength: 4 });
const scopes = fc.tuple(fc.string(), fc.string(), fc.dictionary(fc.string(), fc.string()));

describe('a cursor', () => {
  it('brings back the key that it was made of', () => {
    fc.assert(
      fc.property(scopes, keys, (anyScope, anyKey) => {
        expect(decodeCursor(anyScope, encodeCursor(anyScope, anyKey))).toEqual(anyKey);
      }),
    );
  });

  it('can stand in a URL as it is', () => {
    fc.assert(
      fc.property(scopes, keys, (anyScope, anyKey) => expect(encodeCursor(anyScope, anyKey)).toMatch(/^[\w-]+$/)),
    );
  });

  it.each<[string, CursorScope]>([
    ['another list', ['listNotes', 'alice', { status: 'pending' }]],
    ['another owner', ['listTasks', 'bob', { status: 'pending' }]],
    ['other filters', ['listTasks', 'alice', { status: 'completed' }]],
    ['no filters', ['listTasks', 'alice', {}]],
  ])('is refused by %s', (_case, other) => {
    expect(() => decodeCursor(other, cursor)).toThrow(
      expect.objectContaining({ status: 400, errors: [expect.objectContaining({ in: 'query', pointer: '/cursor' })] }),
    );
  });

  it('is refused when one character is another', () => {
    const characters = fc.stringMatching(/^[\w+/=.-]$/);

    fc.assert(
      fc.property(fc.nat({ max: cursor.length - 1 }), characters, (at, character) => {
        fc.pre(cursor[at] !== character);
        const altered = cursor.slice(0, at) + character + cursor.slice(at + 1);

        expect(() => decodeCursor(scope, altered)).toThrow(HttpProblem);
      }),
    );
  });

  it('is refused when something is put in', () => {
    fc.assert(
      fc.property(fc.nat({ max: cursor.length }), fc.string({ minLength: 1, maxLength: 3 }), (at, text) => {
        const longer = cursor.slice(0, at) + text + cursor.slice(at);

        expect(() => decodeCursor(scope, longer)).toThrow(HttpProblem);
      }),
    );
  });

  it('is refused when something is left out', () => {
    const lengths = fc.integer({ min: 1, max: cursor.length });

    fc.assert(
      fc.property(fc.nat({ max: cursor.length - 1 }), lengths, (at, length) => {
        const shorter = cursor.slice(0, at) + cursor.slice(at + length);

        expect(() => decodeCursor(scope, shorter)).toThrow(HttpProblem);
      }),
    );
  });

  it('is refused when its key is another under the same digest', () => {
    const [digest] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [string];

    fc.assert(
      fc.property(keys, (anyKey) => {
        const forged = Buffer.from(JSON.stringify([digest, ...anyKey])).toString('base64url');

        expect(() => decodeCursor(scope, forged)).toThrow(HttpProblem);
      }),
    );
  });

  it.each(['null', '{}', '[]', '[""]', '[1,2]', 'not JSON', '[["a"]]'])('is refused when it holds %s', (text) => {
    expect(() => decodeCursor(scope, Buffer.from(text).toString('base64url'))).toThrow(HttpProblem);
  });

  it('is refused when it is anything else', () => {
    fc.assert(fc.property(fc.string(), (text) => expect(() => decodeCursor(scope, text)).toThrow(HttpProblem)));
  });
});
