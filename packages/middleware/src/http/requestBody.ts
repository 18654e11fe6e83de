import { isUtf8 } from 'node:buffer';
import { mediaTypeOf } from '@app/contracts';
import { HttpProblem, invalidRequest, problemTypes } from '@app/http';
import { checkContentEncoding, checkContentType } from './contentHeaders.ts';
import { bodyBytes, type HttpEvent, methodOf } from './httpEvent.ts';
import type { HttpMiddleware } from './httpMiddleware.ts';

const maxBytes = 256 * 1024;

const payloadTooLarge = () =>
  new HttpProblem(problemTypes.payloadTooLarge, `The body must be no larger than ${maxBytes} bytes`);

const invalidBody = (detail: string) => invalidRequest([{ in: 'body', pointer: '', detail }]);

const byteOrderMark = '\ufeff';

/**
 * Only bytes can be judged. A gateway that hands over text has decoded it before: a U+FFFD in it is taken for the
 * caller's own (decision 0011).
 */
const checkText = ({ body, isBase64Encoded }: HttpEvent) => {
  const bytes = isBase64Encoded ? Buffer.from(body ?? '', 'base64') : undefined;
  if (bytes && !isUtf8(bytes)) throw invalidBody('must be UTF-8');
  if ((bytes?.toString() ?? body)?.startsWith(byteOrderMark))
    throw invalidBody('must not begin with a byte order mark');
};

/** Judges a body before it is parsed: its size first, then its headers, then its bytes. */
export const checkBody = (): HttpMiddleware => ({
  before: ({ event }) => {
    if (bodyBytes(event) > maxBytes) throw payloadTooLarge();
    checkContentType(event, mediaTypeOf(methodOf(event)));
    checkContentEncoding(event);
    checkText(event);
  },
});
