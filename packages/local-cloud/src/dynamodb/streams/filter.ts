import type { FilterPattern } from '../../framework/types.ts';

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;

const matchesOne = (matcher: unknown, value: unknown) => {
  if (typeof matcher !== 'object' || matcher === null) return matcher === value;
  if ('exists' in matcher) return matcher.exists === (value !== undefined);
  if ('prefix' in matcher) return typeof value === 'string' && value.startsWith(String(matcher.prefix));
  throw new Error(`The local cloud does not know the filter ${JSON.stringify(matcher)}.`);
};

const matches = (pattern: FilterPattern, record: unknown): boolean =>
  Object.entries(pattern).every(([name, expected]) => {
    const value = memberOf(record, name);
    return Array.isArray(expected)
      ? expected.some((matcher: unknown) => matchesOne(matcher, value))
      : matches(expected as FilterPattern, value);
  });

/**
 * Whether one of the patterns lets a record through; without patterns all pass. Equality, `exists` and `prefix` only.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 */
export const passes = (patterns: readonly FilterPattern[] | undefined, record: unknown): boolean =>
  patterns === undefined || patterns.length === 0 || patterns.some((pattern) => matches(pattern, record));
