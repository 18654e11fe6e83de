import type { CorsRule } from './types.ts';

const matches = (pattern: string, text: string) => {
  const [start = '', end] = pattern.split('*');
  if (end === undefined) return pattern === text;
  return text.length >= pattern.length - 1 && text.startsWith(start) && text.endsWith(end);
};

const ruleFor = (rules: readonly CorsRule[], origin: string, method: string) =>
  rules.find(
    ({ AllowedOrigins, AllowedMethods }) =>
      AllowedOrigins.some((pattern) => matches(pattern, origin)) && AllowedMethods.includes(method),
  );

const originHeaders = ({ AllowedOrigins, AllowedMethods, ExposedHeaders = [], MaxAge }: CorsRule, origin: string) => ({
  ...(AllowedOrigins.includes('*')
    ? { 'access-control-allow-origin': '*' }
    : { 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true' }),
  'access-control-allow-methods': AllowedMethods.join(', '),
  ...(ExposedHeaders.length > 0 && { 'access-control-expose-headers': ExposedHeaders.join(', ') }),
  ...(MaxAge !== undefined && { 'access-control-max-age': String(MaxAge) }),
  vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
});

/** What the answer to a request from `origin` carries: nothing where no rule allows it. */
export const corsHeaders = (rules: readonly CorsRule[], origin: string, method: string): Record<string, string> => {
  const rule = ruleFor(rules, origin, method);
  return rule ? originHeaders(rule, origin) : {};
};

interface Preflight {
  readonly origin: string;
  readonly method: string;
  readonly headers: string;
}

/** What a preflight is answered with, or undefined where it is refused: every header that is asked for must be allowed. */
export const preflightHeaders = (
  rules: readonly CorsRule[],
  { origin, method, headers }: Preflight,
): Record<string, string> | undefined => {
  const rule = ruleFor(rules, origin, method);
  const asked = headers
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter(Boolean);
  const isAllowed = (name: string) => rule?.AllowedHeaders?.some((pattern) => matches(pattern.toLowerCase(), name));
  if (!rule || !asked.every(isAllowed)) return undefined;
  return {
    ...originHeaders(rule, origin),
    ...(asked.length > 0 && { 'access-control-allow-headers': asked.join(', ') }),
  };
};
