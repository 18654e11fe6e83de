const cache = new Map<string, RegExp>();
const mostCached = 5000;

/** `${*}`, `${?}` and `${$}` stand for the character itself. */
const tokens = /\$\{([$*?])\}|\*+|[$()+.?[\\\]^{|}]/g;

const compile = (pattern: string, flags: string): RegExp => {
  const source = pattern.replaceAll(tokens, (token: string, literal?: string) => {
    if (literal !== undefined) return `\\${literal}`;
    if (token === '?') return '.';
    return token.startsWith('*') ? '.*' : `\\${token}`;
  });
  return new RegExp(`^${source}$`, flags);
};

/**
 * As IAM matches: `*` is any text, `?` one character. Actions are matched without regard to case, all else with it. Other
 * policy variables than those three are not filled in: `${aws:username}` matches nothing that there is.
 */
export const matches = (pattern: string, text: string, { ignoreCase = false } = {}): boolean => {
  if (pattern === '*' || pattern === text) return true;
  const flags = ignoreCase ? 'isu' : 'su';
  const key = `${flags}:${pattern}`;
  const known = cache.get(key);
  const expression = known ?? compile(pattern, flags);
  if (!known) {
    if (cache.size >= mostCached) cache.clear();
    cache.set(key, expression);
  }
  return expression.test(text);
};

/** `arn`, partition, service, region, account, and the resource, which may have colons of its own. */
const lengthOfArn = 6;

export const isArn = (text: string): boolean => text.split(':').length >= lengthOfArn;

/**
 * A resource's ARN matches part by part: a `*` does not reach over a colon, but in the last part. The parts that a pattern
 * lacks may be anything. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export const arnMatches = (pattern: string, arn: string): boolean => {
  if (pattern === '*' || !isArn(arn)) return matches(pattern, arn);
  const [patternParts, parts] = [pattern.split(':'), arn.split(':')];
  const last = lengthOfArn - 1;
  const tail = (all: readonly string[]) => (all.length > last ? all.slice(last).join(':') : '*');
  return (
    parts.slice(0, last).every((part, place) => matches(patternParts[place] ?? '*', part)) &&
    matches(tail(patternParts), tail(parts))
  );
};
