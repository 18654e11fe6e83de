import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { assetIdOf, objectKey, safeName } from '../../src/objects/objectKey.ts';

const id = '0b0e7a52-6f0c-4f7b-9a53-0d3e5f3f3f10';
const bytes = (text: string) => Buffer.byteLength(text);

/** Any text of code points, with those that are worth trying more often. */
const fileName = fc.string({
  unit: fc.oneof(
    fc.constantFrom('/', '\\', '.', '\0', '\n', '\u202e', '\u200f', '\u2028', 'é', '😀', 'e\u0301'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
  minLength: 1,
  maxLength: 255,
});
const plain = fc
  .string({
    unit: fc
      .integer({ min: 0x20, max: 0x7e })
      .map((code) => String.fromCharCode(code))
      .filter((char) => !'/\\'.includes(char)),
    minLength: 1,
    maxLength: 200,
  })
  .filter((name) => !/^\.+$/.test(name));

describe('the name in a key', () => {
  it('is one segment that is not empty, of 200 bytes at the most, without anything that cannot be seen', () => {
    fc.assert(
      fc.property(fileName, (name) => {
        const safe = safeName(name);

        expect(bytes(safe)).toBeGreaterThan(0);
        expect(bytes(safe)).toBeLessThanOrEqual(200);
        expect(safe).not.toMatch(/[/\\]|\p{C}|\p{Zl}|\p{Zp}|^\.+$/u);
        expect(safe.isWellFormed()).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('is the name itself where that is plain ASCII', () => {
    fc.assert(
      fc.property(plain, (name) => {
        expect(safeName(name)).toBe(name);
      }),
    );
  });

  it('is the same for the same name, and for the name that it is itself', () => {
    fc.assert(
      fc.property(fileName, (name) => {
        expect(safeName(safeName(name))).toBe(safeName(name));
      }),
    );
  });

  it.each([
    ['a'.repeat(201), 'a'.repeat(200)],
    ['é'.repeat(150), 'é'.repeat(100)],
    [`a${'é'.repeat(150)}`, `a${'é'.repeat(99)}`],
    ['..', '__'],
    ['.gitignore', '.gitignore'],
    ['a..b', 'a..b'],
  ])('of %j is %j', (name, expected) => {
    expect(safeName(name)).toBe(expected);
  });
});

describe('a key', () => {
  it('leads back to its asset, whatever the name', () => {
    fc.assert(
      fc.property(fileName, (name) => {
        expect(assetIdOf(objectKey(id, name))).toBe(id);
      }),
    );
  });

  it.each([
    '',
    'assets/',
    `assets/${id}`,
    `assets/${id}/`,
    `assets/${id}/a/b`,
    `other/${id}/a`,
    'assets/1/a',
    `assets/${id.toUpperCase()}/a`,
  ])('that no asset can have leads nowhere: %j', (key) => {
    expect(assetIdOf(key)).toBeUndefined();
  });
});
