type Pattern = { readonly [name: string]: Pattern | readonly Matcher[] };
type Matcher = string | number | boolean | null | { readonly exists: boolean } | { readonly prefix: string };
export type FilterPatterns = readonly Pattern[];

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;

const matchesOne = (matcher: Matcher, value: unknown) => {
  if (typeof matcher !== 'object' || matcher === null) return matcher === value;
  if ('exists' in matcher) return matcher.exists === (value !== undefined);
  if ('prefix' in matcher) return typeof value === 'string' && value.startsWith(matcher.prefix);
  throw new Error(`The local cloud does not know the filter ${JSON.stringify(matcher)}.`);
};

const matches = (pattern: Pattern, record: unknown): boolean =>
  Object.entries(pattern).every(([name, expected]) => {
    const value = memberOf(record, name);
    return Array.isArray(expected)
      ? expected.some((matcher: Matcher) => matchesOne(matcher, value))
      : matches(expected as Pattern, value);
  });

/**
 * Whether one of the patterns lets a record through; without patterns all pass. Equality, `exists` and `prefix` only.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 */
export const passes = (patterns: FilterPatterns | undefined, record: unknown): boolean =>
  patterns === undefined || patterns.length === 0 || patterns.some((pattern) => matches(pattern, record));
