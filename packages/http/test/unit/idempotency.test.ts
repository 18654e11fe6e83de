import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { identityOf, payloadDigest } from '../../src/idempotency.ts';

const body = { title: 'Milk', content: 'Two pints' };

describe('identityOf', () => {
  it('is a new one every time without a key, and has no digest', () => {
    const [first, second] = [identityOf('alice', undefined, body), identityOf('alice', undefined, body)];

    expect(first.id).not.toBe(second.id);
    expect(first).not.toHaveProperty('payloadDigest');
  });

  it('is the same for one owner and key, whatever the body', () => {
    expect(identityOf('alice', 'k', body).id).toBe(identityOf('alice', 'k', {}).id);
  });

  it('is another for another owner or key', () => {
    const ids = [identityOf('alice', 'k', body), identityOf('bob', 'k', body), identityOf('alice', 'l', body)];

    expect(new Set(ids.map(({ id }) => id)).size).toBe(3);
  });

  it('does not mix owner and key up', () => {
    expect(identityOf('a', 'bc', body).id).not.toBe(identityOf('ab', 'c', body).id);
    expect(identityOf('a","b', 'c', body).id).not.toBe(identityOf('a', 'b","c', body).id);
  });

  it('is a UUID of version 5 under a key', () => {
    expect(identityOf('alice', 'k', body).id).toMatch(
      /^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
    );
  });

  it.each([
    ['one character', 'k'],
    ['255 characters', 'k'.repeat(255)],
    ['a space', ' '],
    ['the last printable one', '~'],
  ])('takes a key of %s', (_case, key) => {
    expect(identityOf('alice', key, body).payloadDigest).toBe(payloadDigest(body));
  });

  it.each([
    ['is empty', ''],
    ['has 256 characters', 'k'.repeat(256)],
    ['has a letter above ASCII', 'clé'],
    ['has a control character', 'k\tk'],
    ['ends with a line', 'k\n'],
  ])('refuses a key that %s', (_case, key) => {
    expect(() => identityOf('alice', key, body)).toThrow(
      expect.objectContaining({ status: 400, errors: [expect.objectContaining({ pointer: '/Idempotency-Key' })] }),
    );
  });
});

describe('payloadDigest', () => {
  const members = fc.dictionary(fc.string(), fc.jsonValue());

  it('is the same in whatever order the members were sent', () => {
    fc.assert(
      fc.property(members, (value) => {
        const turned = Object.fromEntries(Object.entries(value).toReversed());

        expect(payloadDigest({ nested: [turned] })).toBe(payloadDigest({ nested: [value] }));
      }),
    );
  });

  it('is the same for the same body and for no other', () => {
    const asSent = (value: object) => JSON.parse(JSON.stringify(value)) as object;

    fc.assert(
      fc.property(members, members, (a, b) => {
        expect(payloadDigest(a) === payloadDigest(b)).toBe(isDeepStrictEqual(asSent(a), asSent(b)));
      }),
    );
  });

  it('keeps the order of a list', () => {
    expect(payloadDigest({ tags: ['a', 'b'] })).not.toBe(payloadDigest({ tags: ['b', 'a'] }));
  });
});
