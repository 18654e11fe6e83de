import type { Violation } from '@app/http';
import { pointerTo } from './violations.ts';

const loneSurrogate = 'must be well-formed Unicode (no lone surrogates)';
const notUtf8 = 'must be UTF-8, without U+FFFD';

/**
 * Bytes of a URL that are not UTF-8 have become U+FFFD once they get here: the decoding is the gateway's, or that of
 * URLSearchParams. A caller's own U+FFFD cannot be told from them (decision 0011). A body's bytes were judged before.
 */
const faultIn = (text: string, place: Violation['in']) => {
  if (!text.isWellFormed()) return loneSurrogate;
  return place !== 'body' && text.includes('\ufffd') ? notUtf8 : undefined;
};

const places = { params: 'path', query: 'query', body: 'body' } as const;

const collect = (value: unknown, pointer: string, place: Violation['in'], found: Violation[]) => {
  if (typeof value === 'string') {
    const detail = faultIn(value, place);
    if (detail) found.push({ in: place, pointer, detail });
  } else if (value !== null && typeof value === 'object') {
    for (const [name, member] of Object.entries(value)) collect(member, pointer + pointerTo(name), place, found);
  }
};

/** Texts that are not what the caller sent, or that DynamoDB would silently change. */
export const malformedText = (request: Readonly<Record<keyof typeof places, unknown>>): Violation[] => {
  const found: Violation[] = [];
  for (const [part, place] of Object.entries(places)) collect(request[part as keyof typeof places], '', place, found);
  return found;
};
