/**
 * Formats as parsers: the canonical form of a string, or undefined when it is not of the format.
 * Generated validators call these, so that what a handler sees and a table keeps has one form only.
 */

const rfc3339 = /^\d{4}-\d\d-\d\d[Tt](?!24)\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;
const rfc9562 = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** The calendar repeats every 400 years; `Date.UTC` takes the years 0–99 for 1900–1999. */
const daysIn = (year: number, month: number) => new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();

/** RFC 3339 to the form that `toISOString()` writes. `Date` takes 31 February and 24:00 for a later day: we do not. */
export const dateTime = (text: string): string | undefined => {
  if (!rfc3339.test(text)) return undefined;
  const [year, month, day] = [text.slice(0, 4), text.slice(5, 7), text.slice(8, 10)].map(Number) as [
    number,
    number,
    number,
  ];
  const time = new Date(text.toUpperCase());
  if (Number.isNaN(time.getTime()) || day < 1 || day > daysIn(year, month)) return undefined;
  const canonical = time.toISOString();
  return canonical.length === 24 ? canonical : undefined; // an offset can lead out of the years 0000–9999
};

/** RFC 9562: read in either case, written in lower case. */
export const uuid = (text: string): string | undefined => (rfc9562.test(text) ? text.toLowerCase() : undefined);

const dotAtom = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const domainName = /^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i;

/**
 * An address that mail can be sent to: a dot-atom (RFC 5322, 3.4.1) of up to 64 characters, @, a host name with a dot in
 * it; ASCII, 254 characters at the most (RFC 5321, 4.5.3.1). No quoted parts, comments or address literals. Kept as given.
 */
export const email = (text: string): string | undefined => {
  const at = text.lastIndexOf('@');
  const isAddress = at > 0 && at <= 64 && dotAtom.test(text.slice(0, at)) && domainName.test(text.slice(at + 1));
  return isAddress && text.length <= 254 ? text : undefined;
};

const token = "[\\w!#$%&'*+.^`|~-]+";
const mediaTypeForm = new RegExp(
  `^${token}/${token}(?:[ \\t]*;[ \\t]*${token}=(?:${token}|"[\\x20-\\x21\\x23-\\x5b\\x5d-\\x7e]*"))*$`,
);

/** A media type with its parameters (RFC 9110, 8.3.1), as a Content-Type header can carry it. Kept as given. */
export const mediaType = (text: string): string | undefined =>
  mediaTypeForm.test(text) && text.length <= 255 ? text : undefined;

/** False where the first of two times is the later one; what is no time is for the format to refuse. */
export const isOrdered = (from: string, to: string): boolean => !(Date.parse(from) > Date.parse(to));

/** True of a time that is still to come; what is no time is for the format to refuse. */
export const isFuture = (text: string): boolean => !(Date.parse(text) <= Date.now());
