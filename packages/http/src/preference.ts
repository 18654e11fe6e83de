const maxWait = 20; // seconds: a gateway gives up after 29, and the function has other things to do as well

/** `wait` as a preference of its own (RFC 7240, 2 and 4.3): a whole number of seconds, quoted or not. */
const wait = /^[ \t]*wait[ \t]*=[ \t]*("?)(\d{1,9})\1[ \t]*(?:;|$)/i;
const named = /^[ \t]*wait[ \t]*(?:[=;]|$)/i;

/** Where the quoted string ends that begins at `start` (RFC 9110, 5.6.4); the header's end where it is not closed. */
const endOfQuoted = (header: string, start: number) => {
  let at = start + 1;
  while (at < header.length && header[at] !== '"') at += header[at] === '\\' ? 2 : 1;
  return Math.min(at, header.length);
};

/** The header at its commas, but for those in a quoted string. Each character is looked at once, whatever is sent. */
const preferencesOf = (header: string) => {
  const preferences: string[] = [];
  let start = 0;
  for (let at = 0; at < header.length; at++) {
    if (header[at] === '"') at = endOfQuoted(header, at);
    else if (header[at] === ',') {
      preferences.push(header.slice(start, at));
      start = at + 1;
    }
  }
  return [...preferences, header.slice(start)];
};

/**
 * How many seconds the caller would wait for the finished answer, 20 at the most; undefined when the header asks for
 * nothing that can be read. Of several the first counts (RFC 7240, 2).
 */
export const parseWait = (header: string | undefined): number | undefined => {
  const preference = preferencesOf(header ?? '').find((each) => named.test(each));
  const seconds = preference && wait.exec(preference)?.[2];
  return seconds ? Math.min(Number(seconds), maxWait) : undefined;
};
