export interface MediaType {
  /** In lower case, e.g. `application/json`. */
  readonly type: string;
  /** By name in lower case, each with all its values, quotes and escapes removed. */
  readonly parameters: ReadonlyMap<string, readonly string[]>;
}

const token = "[!#$%&'*+.^`|~\\w-]+";
const whole = new RegExp(`^[ \\t]*(${token}/${token})[ \\t]*(?=;|$)`);
const parameter = new RegExp(
  `;[ \\t]*(?:(${token})=(?:(${token})|"((?:[\\t \\x21\\x23-\\x5b\\x5d-\\x7e\\x80-\\xff]|\\\\[\\t\\x20-\\x7e\\x80-\\xff])*)")[ \\t]*)?(?=;|$)`,
  'y',
);

/**
 * One media type with its parameters (RFC 9110, 8.3.1 and 5.6.6), empty parameters passed over. Undefined where the header
 * is none, two of them in a list included.
 */
export const parseMediaType = (header: string): MediaType | undefined => {
  const [start, type] = whole.exec(header) ?? [];
  if (start === undefined || type === undefined) return undefined;
  const parameters = new Map<string, string[]>();
  for (let at = start.length; at < header.length; at = parameter.lastIndex) {
    parameter.lastIndex = at;
    const matched = parameter.exec(header);
    if (!matched) return undefined;
    const [, name, plain, quoted = ''] = matched;
    if (name === undefined) continue;
    const value = plain ?? quoted.replaceAll(/\\(.)/g, '$1');
    const values = parameters.get(name.toLowerCase());
    if (values) values.push(value);
    else parameters.set(name.toLowerCase(), [value]);
  }
  return { type: type.toLowerCase(), parameters };
};
