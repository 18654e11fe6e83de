import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { accessKeyOf, cloudKey, secretOf } from '../../../src/identity/accessKeys.ts';
import { credentials } from '../../../src/process/environment.ts';

describe('the access key of a function', () => {
  it('looks like a key of a role', () => {
    const { accessKeyId, secretAccessKey } = accessKeyOf('items-dev-createItem');

    expect(accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    expect(secretAccessKey).toMatch(/^[A-Za-z\d+/]{40}$/);
  });

  it('is the same in every process, so that links outlive a restart', () => {
    expect(accessKeyOf('items-dev-createItem')).toEqual({
      accessKeyId: 'ASIAZ5GLMEPI4JAYOU2T',
      secretAccessKey: 'J3kkoamJVkB1/3C8u6ukl5pVnIC+r+mOErCvRlel',
    });
  });

  it('is of no other function, nor the local cloud’s', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 20 }), (names) => {
        const keys = names.map(accessKeyOf);

        const all = [...keys, cloudKey];
        expect(new Set(all.map((key) => key.accessKeyId)).size).toBe(all.length);
        expect(new Set(all.map((key) => key.secretAccessKey)).size).toBe(all.length);
      }),
    );
  });
});

describe('the secret of a key id', () => {
  it('is found for the key of every function', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const { accessKeyId, secretAccessKey } = accessKeyOf(name);

        expect(secretOf(accessKeyId)).toBe(secretAccessKey);
      }),
    );
  });

  it('is found for the key that tools are given', () => {
    expect(secretOf(credentials.accessKeyId)).toBe(credentials.secretAccessKey);
  });

  it('is found for the local cloud’s own key', () => {
    expect(secretOf(cloudKey.accessKeyId)).toBe(cloudKey.secretAccessKey);
  });

  it.each([
    ['of a user', 'AKIAZFWDXKXMPYP4TZOP'],
    ['too short', 'ASIAZFWDXKXMPYP4TZO'],
    ['too long', 'ASIAZFWDXKXMPYP4TZOPA'],
    ['with letters that no key has', 'ASIAZFWDXKXMPYP4TZ01'],
    ['in lower case', 'asiazfwdxkxmpyp4tzop'],
    ['with a line break behind it', 'ASIAZFWDXKXMPYP4TZOP\n'],
    ['empty', ''],
  ])('does not exist for a key id that is %s', (_what, accessKeyId) => {
    expect(secretOf(accessKeyId)).toBeUndefined();
  });
});
