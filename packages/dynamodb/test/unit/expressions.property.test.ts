import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { allOf, anyOf, type Condition, compare, exists, expressions } from '../../src/expressions.ts';

type Row = Record<string, unknown>;

interface UpdateRequest {
  readonly UpdateExpression?: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Row;
}

const clause = (expression: string, keyword: 'SET' | 'REMOVE') =>
  new RegExp(`${keyword} (.*?)(?: REMOVE|$)`).exec(expression)?.[1]?.split(', ') ?? [];

/** Does to a row what DynamoDB does with `SET #n = :v, #n = #n + :v REMOVE #n`. */
const applied = (row: Row, request: UpdateRequest): Row => {
  const {
    UpdateExpression = '',
    ExpressionAttributeNames: names = {},
    ExpressionAttributeValues: values = {},
  } = request;
  const result = new Map(Object.entries(row));
  for (const assignment of clause(UpdateExpression, 'SET')) {
    const [, target = '', addend, value = ''] = /^(#\w+) = (?:(#\w+) \+ )?(:\w+)$/.exec(assignment) ?? [];
    const sum = addend && Number(row[names[addend] ?? '']) + Number(values[value]);
    result.set(names[target] ?? '', sum ?? values[value]);
  }
  for (const target of clause(UpdateExpression, 'REMOVE')) result.delete(names[target] ?? '');
  return Object.fromEntries(result);
};

/** RFC 7396, section 2, for fields that are no objects. */
const mergePatched = (row: Row, patch: Row): Row =>
  Object.fromEntries(Object.entries({ ...row, ...patch }).filter(([, value]) => value !== null));

const reserved = [
  'name',
  'status',
  'size',
  'ttl',
  'year',
  'SET',
  'REMOVE',
  'a.b',
  'a[0]',
  '#n0',
  ':v0',
  'x, y = z',
  '__proto__',
];
const names = fc.oneof(fc.constantFrom(...reserved), fc.string({ minLength: 1 })).filter((name) => name !== 'version');
const values = fc.oneof(
  fc.string(),
  fc.constantFrom(':v0', '#n0', ' REMOVE #n0', 'SET'),
  fc.integer(),
  fc.boolean(),
  fc.array(fc.string()),
);
const rows = fc.dictionary(names, values, { noNullPrototype: true });
const patches = fc.dictionary(names, fc.option(values), { minKeys: 1, noNullPrototype: true });

describe('an update', () => {
  it('does what RFC 7396 has a merge patch do, and counts the version up', () => {
    fc.assert(
      fc.property(rows, patches, (row, patch) => {
        const request = expressions({ update: { set: patch, increment: 'version' } });

        expect(applied({ ...row, version: 7 }, request)).toEqual({ ...mergePatched(row, patch), version: 8 });
      }),
    );
  });

  it('leaves what is undefined as it was', () => {
    fc.assert(
      fc.property(rows, names, (row, name) => {
        const request = expressions({ update: { set: { [name]: undefined }, increment: 'version' } });

        expect(applied({ ...row, version: 1 }, request)).toEqual({ ...row, version: 2 });
      }),
    );
  });
});

/** Whether a pair of parentheses holds nothing but another pair. */
const hasRedundantParentheses = (expression: string) => {
  const opened: number[] = [];
  const closing = new Map<number, number>();
  for (const [at, character] of [...expression.matchAll(/[()]/g)].map((match) => [match.index, match[0]] as const)) {
    if (character === '(') opened.push(at);
    else closing.set(opened.pop() ?? -1, at);
  }
  return [...closing].some(([from, to]) => expression[from + 1] === '(' && closing.get(from + 1) === to - 1);
};

describe('expressions', () => {
  it('hold placeholders only, whatever the names and values are', () => {
    fc.assert(
      fc.property(names, values, patches, (name, value, patch) => {
        const condition = anyOf(compare(name, '=', value), compare(name, '<', value));
        const { ConditionExpression, UpdateExpression } = expressions({ condition, update: { set: patch } });

        expect(ConditionExpression).toBe('(#n0 = :v0) OR (#n0 < :v1)');
        expect(UpdateExpression).toMatch(/^(SET #n\d+ = :v\d+(, #n\d+ = :v\d+)*)?( ?REMOVE #n\d+(, #n\d+)*)?$/);
      }),
    );
  });

  it('name every attribute once and use every placeholder: DynamoDB refuses what is unused', () => {
    fc.assert(
      fc.property(names, values, patches, (name, value, patch) => {
        const request = expressions({ condition: compare(name, '=', value), update: { set: patch } });
        const text = `${request.ConditionExpression} ${request.UpdateExpression}`;
        const used = new Set(text.match(/[#:]\w+/g));
        const given = { ...request.ExpressionAttributeNames, ...request.ExpressionAttributeValues };

        expect([...used].toSorted()).toEqual(Object.keys(given).toSorted());
        expect(new Set(Object.values(request.ExpressionAttributeNames ?? {}))).toEqual(
          new Set([name, ...Object.keys(patch)]),
        );
        expect(Object.values(request.ExpressionAttributeNames ?? {})).toHaveLength(
          new Set([name, ...Object.keys(patch)]).size,
        );
      }),
    );
  });

  it('have no parentheses that DynamoDB would call redundant, however conditions are joined', () => {
    const { condition } = fc.letrec<{ condition: Condition; joined: Condition }>((tie) => ({
      condition: fc.oneof({ maxDepth: 4 }, fc.constant(exists('id')), tie('joined')),
      joined: fc
        .tuple(fc.constantFrom(allOf, anyOf), fc.array(tie('condition'), { minLength: 1, maxLength: 3 }))
        .map(([join, conditions]) => join(...conditions)),
    }));

    fc.assert(
      fc.property(condition, (any) => {
        expect(hasRedundantParentheses(expressions({ condition: any }).ConditionExpression ?? '')).toBe(false);
      }),
    );
  });
});
