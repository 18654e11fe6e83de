import { hash } from 'node:crypto';
import { invalidRequest } from './problem.ts';

/** What a cursor belongs to: an operation, an owner, the filters of the list. */
export type CursorScope = readonly [operationId: string, owner: string, filters: unknown];

/** 128 bits of a digest over the scope and the key. It is no secret: the partition queried never comes from a cursor. */
const digestOf = (scope: CursorScope, key: readonly string[]) =>
  hash('sha256', JSON.stringify([scope, key]), 'base64url').slice(0, 22);

/** The 400 for a cursor that this list has not given. */
export const invalidCursor = () =>
  invalidRequest([{ in: 'query', pointer: '/cursor', detail: 'must be a nextCursor of this list, unaltered' }]);

/** The last key of a page, made opaque: URL-safe, and good for the same list only. */
export const encodeCursor = (scope: CursorScope, key: readonly string[]): string =>
  Buffer.from(JSON.stringify([digestOf(scope, key), ...key])).toString('base64url');

/** The key that a cursor carries. Throws the 400 when it was altered or comes from another list. */
export const decodeCursor = (scope: CursorScope, cursor: string): readonly string[] => {
  const [, ...key] = parse(cursor);
  if (encodeCursor(scope, key) !== cursor) throw invalidCursor();
  return key;
};

/** What DynamoDB takes for a part of a key: a text that is not empty, and well-formed Unicode. */
const isKeyPart = (part: unknown): part is string => typeof part === 'string' && part !== '' && part.isWellFormed();

const parse = (cursor: string): readonly string[] => {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parts) && parts.every(isKeyPart)) return parts;
  } catch {
    // not JSON: refused like everything else that we did not write
  }
  throw invalidCursor();
};
