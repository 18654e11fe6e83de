/**
 * Formats as parsers: the canonical form of a string, or undefined when it is not of the format.
 * Generated validators call these, so that what a handler sees and a table keeps has one form only.
 */

const rfc3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;
const rfc9562 = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** RFC 3339 to the form that `toISOString()` writes. `Date` takes 31 February for 3 March: the day is checked first. */
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

/** True of a time that is still to come; what is no time is for the format to refuse. */
export const isFuture = (text: string): boolean => !(Date.parse(text) <= Date.now());
