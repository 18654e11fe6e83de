import { absent, anyOf, type Condition, compare } from './expressions.ts';

/** DynamoDB deletes days after the `ttl`: until then an expired row is there, and must count as gone. */
export const isExpired = ({ expiresAt }: { readonly expiresAt?: string }, now: string): boolean =>
  expiresAt !== undefined && expiresAt <= now;

/** Times are compared as text: `toISOString()` writes them so that this is right (docs/architecture.md). */
export const unexpired = (now: string): Condition => anyOf(absent('expiresAt'), compare('expiresAt', '>', now));

/** The `ttl` attribute of an expiry: epoch seconds, rounded up; what removes or leaves the one does so to the other. */
export const ttlOf = (expiresAt: string | null | undefined): number | null | undefined =>
  typeof expiresAt === 'string' ? Math.ceil(Date.parse(expiresAt) / 1000) : expiresAt;
