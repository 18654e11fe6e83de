import type { IncomingMessage } from 'node:http';

/** What a request is for. Path and query are as they were sent: nothing is decoded. */
export interface Target {
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
}

const absoluteForm = /^https?:\/\/(?<authority>[^/?#]+)(?<rest>[^#]*)/i;
const malformedEscape = /%(?![\da-f]{2})/i;

/**
 * Reads a request's target in origin-form or, as every server must take it, in absolute-form, whose authority then stands
 * in place of `Host` (RFC 9112, sections 3.2.1 and 3.2.2). Undefined for any other, and for a percent sign without two digits.
 */
export const readTarget = (request: IncomingMessage): Target | undefined => {
  const { url = '' } = request;
  const { authority, rest = '' } = absoluteForm.exec(url)?.groups ?? {};
  if (authority !== undefined) {
    request.headers.host = authority;
    request.headersDistinct['host'] = [authority];
  }
  const origin = authority === undefined ? url : rest.startsWith('/') ? rest : `/${rest}`;
  if (!origin.startsWith('/') || malformedEscape.test(origin)) return undefined;
  const [whole = ''] = origin.split('#', 1);
  const mark = whole.indexOf('?');
  return mark < 0 ? { path: whole, query: '' } : { path: whole.slice(0, mark), query: whole.slice(mark + 1) };
};

/** Decodes what was percent-encoded; bytes that are not UTF-8 become U+FFFD. */
export const decodeLeniently = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    const bytes = text.replaceAll(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    return Buffer.from(bytes, 'latin1').toString('utf8');
  }
};
