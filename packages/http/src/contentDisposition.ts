/** What an extended value may hold as it is (RFC 8187, 3.2.1: attr-char); everything else is percent-encoded as UTF-8. */
const encoded = (text: string) =>
  encodeURIComponent(text).replaceAll(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/** For recipients that know no `filename*`: no escapes, which few of them undo, and no slash that a path could be made of. */
const fallback = (text: string) => text.replaceAll(/[^\x20-\x7e]|["\\%/]/gu, '_');

/** `Content-Disposition` for a download under this name, in any script (RFC 6266, 4.3 and appendix D). */
export const attachment = (fileName: string): string =>
  `attachment; filename="${fallback(fileName)}"; filename*=UTF-8''${encoded(fileName)}`;
