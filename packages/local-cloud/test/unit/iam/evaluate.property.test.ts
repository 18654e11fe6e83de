import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { evaluate } from '../../../src/iam/evaluate.ts';
import { arnMatches, matches } from '../../../src/iam/patterns.ts';
import type { Statement } from '../../../src/iam/statements.ts';

/** Matches letter by letter, unlike the code, which makes an expression of a pattern. */
const isLike = (pattern: string, text: string): boolean => {
  if (pattern === '') return text === '';
  const [first, rest] = [pattern.charAt(0), pattern.slice(1)];
  if (first === '*') return isLike(rest, text) || (text !== '' && isLike(pattern, text.slice(1)));
  return text !== '' && (first === '?' || first === text.charAt(0)) && isLike(rest, text.slice(1));
};

const isArnLike = (pattern: string, arn: string) => {
  const [patterns, parts] = [pattern.split(':'), arn.split(':')];
  return (
    pattern === '*' || (patterns.length === 6 && parts.every((part, place) => isLike(patterns[place] ?? '', part)))
  );
};

const speaks = ({ Action, NotAction = [], Resource, NotResource = [] }: Statement, action: string, arn: string) => {
  const isAction = (pattern: string) => isLike(pattern.toLowerCase(), action.toLowerCase());
  const isResource = (pattern: string) => isArnLike(pattern, arn);
  const byAction = Action ? [Action].flat().some(isAction) : ![NotAction].flat().some(isAction);
  return byAction && (Resource ? [Resource].flat().some(isResource) : ![NotResource].flat().some(isResource));
};

const decision = (statements: readonly Statement[], action: string, arn: string) => {
  const effects = new Set(statements.filter((each) => speaks(each, action, arn)).map(({ Effect }) => Effect));
  if (effects.has('Deny')) return 'denied';
  return effects.has('Allow') ? 'allowed' : 'unspoken';
};

/** Few different letters, so that what is arbitrary meets. */
const names = fc.stringMatching(/^[ab.]{0,4}$/);
const patterns = fc.stringMatching(/^[aAb.*?]{0,4}$/);
const services = fc.constantFrom('s3', 'sqs');
const arnOf = (service: string, region: string, name: string) => `arn:aws:${service}:${region}:0:${name}`;
const needs = fc.record({
  action: fc.tuple(services, names).map(([service, name]) => `${service}:${name}`),
  arn: fc.tuple(services, names, names).map((parts) => arnOf(...parts)),
});
const actionPatterns = fc.oneof(
  fc.constant('*'),
  fc.tuple(services, patterns).map(([service, name]) => `${service}:${name}`),
);
const arnPatterns = fc.oneof(
  fc.constant('*'),
  fc.tuple(services, patterns, patterns).map((parts) => arnOf(...parts)),
);
const listOf = (each: fc.Arbitrary<string>) => fc.oneof(each, fc.array(each, { minLength: 1, maxLength: 3 }));
const statements: fc.Arbitrary<Statement> = fc
  .tuple(
    fc.record({ Effect: fc.constantFrom('Allow', 'Deny') }),
    fc.oneof(fc.record({ Action: listOf(actionPatterns) }), fc.record({ NotAction: listOf(actionPatterns) })),
    fc.oneof(fc.record({ Resource: listOf(arnPatterns) }), fc.record({ NotResource: listOf(arnPatterns) })),
  )
  .map(([effect, ofActions, ofResources]) => Object.assign(effect, ofActions, ofResources));
const policies = fc.array(statements, { maxLength: 5 });
const none = new Map<string, string[]>();
const rank = { denied: 0, unspoken: 1, allowed: 2 };

describe('a policy, whatever it says,', () => {
  it('is decided as by rules written down another way', () => {
    fc.assert(
      fc.property(policies, needs, (policy, need) => {
        expect(evaluate(policy, need, none).effect).toBe(decision(policy, need.action, need.arn));
      }),
      { numRuns: 3000 },
    );
  });

  it('denies what one statement denies', () => {
    fc.assert(
      fc.property(policies, policies, needs, (before, after, need) => {
        const denial: Statement = { Effect: 'Deny', Action: need.action, Resource: need.arn };

        expect(evaluate([...before, denial, ...after], need, none).effect).toBe('denied');
      }),
    );
  });

  it('never takes a right away by allowing more, nor gives one by denying more', () => {
    fc.assert(
      fc.property(policies, statements, needs, (policy, added, need) => {
        const [before, after] = [policy, [...policy, added]].map((all) => rank[evaluate(all, need, none).effect]);
        const change = (after ?? 0) - (before ?? 0);

        expect(added.Effect === 'Allow' ? change >= 0 : change <= 0).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('says the same in any order', () => {
    fc.assert(
      fc.property(
        policies.chain((policy) =>
          fc.tuple(fc.constant(policy), fc.shuffledSubarray(policy, { minLength: policy.length })),
        ),
        needs,
        ([policy, shuffled], need) => {
          expect(evaluate(shuffled, need, none).effect).toBe(evaluate(policy, need, none).effect);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('a pattern, whatever it is,', () => {
  it('matches the text that it was made of by putting * for parts and ? for letters', () => {
    const pieces = fc.array(fc.tuple(fc.string({ unit: 'grapheme-ascii' }), fc.constantFrom('as it is', '*', '?')));
    fc.assert(
      fc.property(pieces, (made) => {
        const text = made.map(([piece]) => piece).join('');
        const pattern = made
          .map(([piece, by]) => (by === '*' ? '*' : by === '?' ? '?'.repeat(piece.length) : piece))
          .join('');
        fc.pre(!pattern.includes('${'));

        expect(matches(pattern, text)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('matches what it would letter by letter', () => {
    fc.assert(
      fc.property(patterns, names, (pattern, text) => {
        expect(matches(pattern, text)).toBe(isLike(pattern, text));
        expect(matches(pattern, text, { ignoreCase: true })).toBe(isLike(pattern.toLowerCase(), text));
      }),
      { numRuns: 3000 },
    );
  });

  it('of an ARN leaves its parts apart', () => {
    fc.assert(
      fc.property(arnPatterns, needs, (pattern, { arn }) => {
        expect(arnMatches(pattern, arn)).toBe(isArnLike(pattern, arn));
      }),
      { numRuns: 3000 },
    );
  });
});
