import { HttpProblem, parseMediaType, problemTypes } from '@app/http';
import { type HttpEvent, headerOf } from './httpEvent.ts';

const unsupported = (name: string, message: string, detail: string, headers = {}) =>
  new HttpProblem(problemTypes.unsupportedMediaType, message, {
    errors: [{ in: 'header', pointer: `/${name}`, detail }],
    headers,
  });

/** Both of the Encoding Standard's usual labels. Not `us-ascii`: that standard takes it for windows-1252. */
const utf8 = /^utf-?8$/i;

/** Throws the 415 where a body does not come as one media type, the expected one, and in UTF-8. */
export const checkContentType = (event: HttpEvent, expected: string): void => {
  const given = headerOf(event, 'Content-Type');
  const refused = (detail: string) => unsupported('Content-Type', `The content type must be ${expected}`, detail);
  if (!given) throw refused('is missing');
  const mediaType = parseMediaType(given);
  if (!mediaType) throw refused(`must be one media type, ${expected}`);
  if (mediaType.type !== expected) throw refused(`must be ${expected}`);
  const charset = mediaType.parameters.get('charset')?.find((each) => !utf8.test(each));
  if (charset !== undefined)
    throw unsupported(
      'Content-Type',
      `The charset must be utf-8, not ${charset}`,
      `charset must be utf-8, not ${charset}`,
    );
};

/** Throws the 415 where a body's bytes are encoded (RFC 9110, 8.4): nothing is decompressed here. */
export const checkContentEncoding = (event: HttpEvent): void => {
  const codings = (headerOf(event, 'Content-Encoding') ?? '').split(',').map((coding) => coding.trim());
  const others = codings.filter((coding) => coding !== '' && coding.toLowerCase() !== 'identity').join(', ');
  if (others === '') return;
  throw unsupported(
    'Content-Encoding',
    `The content encoding must be identity, not ${others}`,
    `must be identity, not ${others}`,
    { 'Accept-Encoding': 'identity' }, // RFC 9110, 12.5.3
  );
};
