import type { ObjectRow } from './catalog.ts';
import type { Headers } from './receive.ts';
import { S3Error } from './s3Error.ts';

export const preconditionFailed = (condition: string) =>
  new S3Error(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
    Condition: condition,
  });

/** Whether a list of entity tags names this object. */
const names = (tags: string, object: ObjectRow | undefined) =>
  object !== undefined &&
  tags
    .split(',')
    .map((tag) => tag.trim())
    .some((tag) => tag === '*' || tag.replaceAll('"', '') === object.etag);

/** Throws the 412 of a write or a removal. */
export const assertMayChange = (headers: Headers, current: ObjectRow | undefined): void => {
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = headers;
  if (ifMatch !== undefined && !names(ifMatch, current)) throw preconditionFailed('If-Match');
  if (ifNoneMatch !== undefined && names(ifNoneMatch, current)) throw preconditionFailed('If-None-Match');
};

const seconds = (milliseconds: number) => Math.floor(milliseconds / 1000);
/** NaN, which nothing is before or after, for what is no date. */
const dateIn = (text: string | undefined) => seconds(Date.parse(text ?? ''));

/** Whether a reader has the object as it is already. Throws the 412 of a reader that wants another than this. */
export const isUnchanged = (headers: Headers, object: ObjectRow): boolean => {
  const modified = seconds(object.modified);
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = headers;
  if (ifMatch === undefined ? modified > dateIn(headers['if-unmodified-since']) : !names(ifMatch, object))
    throw preconditionFailed(ifMatch === undefined ? 'If-Unmodified-Since' : 'If-Match');
  return ifNoneMatch === undefined ? modified <= dateIn(headers['if-modified-since']) : names(ifNoneMatch, object);
};
