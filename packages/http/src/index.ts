export { attachment } from './contentDisposition.ts';
export { type CursorScope, decodeCursor, encodeCursor, invalidCursor } from './cursor.ts';
export { entityTagOf, isNoneMatch, parseIfMatch } from './entityTag.ts';
export { identityOf, payloadDigest } from './idempotency.ts';
export { type MediaType, parseMediaType } from './mediaType.ts';
export { parseWait } from './preference.ts';
export * from './problem.ts';
export * from './response.ts';
