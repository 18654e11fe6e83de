import { isUtf8 } from 'node:buffer';
import { mediaTypeOf } from '@app/contracts';
import { HttpProblem, invalidRequest, problemTypes } from '@app/http';
import { bodyBytes, headerOf, methodOf } from './httpEvent.ts';
import type { HttpMiddleware } from './httpMiddleware.ts';

const maxBytes = 256 * 1024;

const payloadTooLarge = () =>
  new HttpProblem(problemTypes.payloadTooLarge, `The body must be no larger than ${maxBytes} bytes`);

const unsupportedMediaType = (expected: string, given: string | undefined) =>
  new HttpProblem(problemTypes.unsupportedMediaType, `The content type must be ${expected}`, {
    errors: [{ in: 'header', pointer: '/Content-Type', detail: given ? `must be ${expected}` : 'is missing' }],
  });

const notUtf8 = () => invalidRequest([{ in: 'body', pointer: '', detail: 'must be UTF-8' }]);

/** Judges a body before it is parsed: its size first, then its media type, then its encoding. */
export const checkBody = (): HttpMiddleware => ({
  before: ({ event }) => {
    if (bodyBytes(event) > maxBytes) throw payloadTooLarge();
    const expected = mediaTypeOf(methodOf(event));
    const given = headerOf(event, 'Content-Type');
    if (given?.split(';')[0]?.trim().toLowerCase() !== expected) throw unsupportedMediaType(expected, given);
    if (event.isBase64Encoded && !isUtf8(Buffer.from(event.body ?? '', 'base64'))) throw notUtf8();
  },
});
