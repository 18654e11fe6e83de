import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { entityTagOf, isNoneMatch, parseIfMatch } from '../../src/entityTag.ts';
import { HttpProblem } from '../../src/problem.ts';

const times = fc
  .date({ min: new Date('1970-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((time) => time.toISOString());
const states = fc.record({ version: fc.integer({ min: 1, max: 2 ** 50 }), createdAt: times });
const separators = fc.stringMatching(/^[ \t]*,[ \t,]*$/);

describe('an entity tag', () => {
  it('leads back to the state that it was made of', () => {
    fc.assert(fc.property(states, (state) => expect(parseIfMatch(entityTagOf(state))).toEqual([state])));
  });

  it('is a strong tag that a header can carry', () => {
    fc.assert(fc.property(states, (state) => expect(entityTagOf(state)).toMatch(/^"[\x21\x23-\x7e]+"$/)));
  });

  it('differs where version or creation differs', () => {
    fc.assert(
      fc.property(states, states, (a, b) => {
        const isSame = a.version === b.version && a.createdAt === b.createdAt;

        expect(entityTagOf(a) === entityTagOf(b)).toBe(isSame);
      }),
    );
  });

  it('is found in any list that holds it', () => {
    fc.assert(
      fc.property(fc.array(states, { minLength: 1, maxLength: 10 }), separators, (list, separator) => {
        const header = list.map(entityTagOf).join(separator);

        expect(parseIfMatch(header)).toEqual(list);
        expect(list.every((state) => !isNoneMatch(header, entityTagOf(state)))).toBe(true);
      }),
    );
  });
});

const outcomeOf = (header: string) => {
  try {
    return parseIfMatch(header) === undefined ? 'any' : 'states';
  } catch (error) {
    return error instanceof HttpProblem ? String(error.status) : 'crash';
  }
};

describe('parseIfMatch', () => {
  it('answers or refuses, whatever the header holds', () => {
    const headers = fc.oneof(fc.string(), fc.stringMatching(/^[W/"*, \ta-z0-9-]{0,40}$/));

    fc.assert(
      fc.property(headers, (header) => {
        expect(outcomeOf(header)).toMatch(/^(any|states|400)$/);
      }),
    );
  });
});
