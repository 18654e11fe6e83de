const longest = 64 * 1024; // characters of a body
const mask = '***';

/** Words in the names of what lets somebody in: header fields, members, parameters. */
const words =
  'passw(?:or)?d|secret|authori[sz]ation|authentication-info|signature|credential|access[-_]?key|api[-_]?key|cookie|token(?!i[sz])';
const secretField = new RegExp(words, 'i');
/** One quick look: most texts have nothing to hide. */
const suspicious = new RegExp(`${words}|bearer |basic |eyJ|[?&](?:code|sig)=`, 'i');

/** A name's end and what stands between it and the value, in JSON, in JSON within JSON, in a query, as Node prints objects. */
const separator = String.raw`[\w-]{0,40}\\{0,15}["']?\s{0,4}[:=]\s{0,4}`;
/** DynamoDB's types around a value: {"S": …}. */
const typed = String.raw`(?:\{\s{0,8}\\{0,15}"(?:S|N|B|SS|NS|BS)\\{0,15}"\s{0,4}:\s{0,8})?`;
const quoted = String.raw`"(?:[^"\\]|\\.)*"?`;
/** An object, and so many levels of objects in it. */
const object = (levels: number): string =>
  String.raw`\{(?:[^{}"]|${quoted}${levels === 0 ? '' : `|${object(levels - 1)}`})*\}?`;
const values = [
  String.raw`\[(?:[^\]"]|${quoted})*\]?`, // a list
  object(3),
  String.raw`(?<escape>\\{1,15})"[^]{0,1024}?(?<!\\)\k<escape>"`, // a text in JSON that is a text itself
  String.raw`\\{1,15}"[^]{0,1024}`, // the same, cut
  quoted,
  String.raw`'(?:[^'\\]|\\.)*'?`,
  String.raw`[^\s&"'#,;\\{}[\]]+`,
].join('|');

const member = new RegExp(String.raw`((?:${words})${separator}${typed}(?:(?:bearer|basic)\s{1,4})?)(${values})`, 'gi');
const cookieLine = /(\bcookie:\s{0,4})[^\n"'\\]+/gi;
const parameter = /([?&](?:code|sig)=)[^&\s"'#\\]+/gi;
const bearer = /\b(Bearer|Basic)\s{1,4}[\w.~+/=-]{4,}/g;
const jsonWebToken = /(?<![\w-])eyJ[\w-]{4,}\.[\w-]{4,}\.[\w-]*/g;

/** The mask in the quotes of what it stands for. */
const maskFor = (value: string): string => {
  const [, quote = ''] = /^(\\*["'])/.exec(value) ?? [];
  if (value.startsWith('[')) return `["${mask}"]`;
  return value.startsWith('{') ? `"${mask}"` : `${quote}${mask}${quote}`;
};

/** Values of secrets: they are known here, so that they are hidden wherever they stand. */
const hidden = new Set<string>();
const shortestHidden = 8; // characters: to hide less would tear other words apart

/** From now on no text that is kept or exported has this in it. */
export const hide = (value: string): void => {
  if (value.length < shortestHidden) return;
  hidden.add(value);
  hidden.add(JSON.stringify(value).slice(1, -1)); // as a log line writes it
};

const withoutHidden = (text: string): string => {
  let rest = text;
  for (const value of hidden) rest = rest.replaceAll(value, mask);
  return rest;
};

/** A text without what would let its reader in: secrets, tokens, signatures, passwords, cookies. */
export const masked = (whole: string): string => {
  const text = withoutHidden(whole);
  if (!suspicious.test(text)) return text;
  return text
    .replaceAll(cookieLine, `$1${mask}`)
    .replaceAll(member, (_whole, name: string, value: string) => name + maskFor(value))
    .replaceAll(parameter, `$1${mask}`)
    .replaceAll(bearer, `$1 ${mask}`)
    .replaceAll(jsonWebToken, mask);
};

const isText = /^(?:text\/|application\/(?:.*\+)?(?:json|xml|x-www-form-urlencoded)|application\/x-amz-json)/i;

/** A body as it is kept: cut, masked, and left out where it is no text. */
export const bodyText = (body: Buffer | string | undefined, contentType = 'application/json'): string | undefined => {
  if (body === undefined || body.length === 0) return undefined;
  if (!isText.test(contentType)) return `(${body.length} bytes of ${contentType})`;
  const text = typeof body === 'string' ? body.slice(0, longest) : body.toString('utf8', 0, longest);
  return masked(body.length > longest ? `${text} … (cut at 64 KB)` : text);
};

type Field = string | readonly string[] | number | undefined;

/** Header fields as span attributes: `http.request.header.<name>`. */
export const headerAttributes = (
  prefix: 'http.request.header' | 'http.response.header',
  headers: Readonly<Record<string, Field>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      if (value === undefined) return [];
      const text = secretField.test(name) ? mask : masked([value].flat().join(', '));
      return [[`${prefix}.${name.toLowerCase()}`, text]];
    }),
  );
