/** What an element holds: text, elements by name, or several of one name. Undefined leaves the element out. */
export type Content = string | number | boolean | undefined | readonly Content[] | { readonly [name: string]: Content };

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Control characters become references, as S3 writes them. */
const escape = (text: string) =>
  text
    .replaceAll(/[&<>]/g, (character) => entities[character] ?? '')
    .replaceAll(/[\p{Cc}\uFFFE\uFFFF]/gu, (character) => `&#x${character.codePointAt(0)?.toString(16)};`);

const isMany = (content: Content): content is readonly Content[] => Array.isArray(content);

export const element = (name: string, content: Content, attributes = ''): string => {
  if (content === undefined) return '';
  if (isMany(content)) return content.map((each) => element(name, each)).join('');
  const inner =
    typeof content === 'object'
      ? Object.entries(content)
          .map(([child, value]) => element(child, value))
          .join('')
      : escape(String(content));
  return `<${name}${attributes}>${inner}</${name}>`;
};

export const xmlDocument = (root: string) => `<?xml version="1.0" encoding="UTF-8"?>\n${root}`;

/** The root of an answer, in S3's namespace. */
export const s3Document = (name: string, content: Content) =>
  xmlDocument(element(name, content, ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'));

const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const decodeEntity = (whole: string, name: string) => {
  if (!name.startsWith('#')) return characters[name] ?? whole;
  const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return code <= 0x10_ff_ff && (code < 0xd8_00 || code > 0xdf_ff) ? String.fromCodePoint(code) : whole;
};

const decode = (text: string) => text.replaceAll(/&(#x?[\da-f]{1,6}|[a-z]+);/gi, decodeEntity);

/** The next element of a name from `start` on: its inner text, and where it ends. */
const nextElement = (xml: string, name: string, start: number) => {
  let open = xml.indexOf(`<${name}`, start);
  while (open !== -1 && !/[\s>]/.test(xml[open + name.length + 1] ?? '')) open = xml.indexOf(`<${name}`, open + 1);
  const inner = open === -1 ? -1 : xml.indexOf('>', open) + 1;
  const close = inner < 1 ? -1 : xml.indexOf(`</${name}>`, inner);
  return close === -1 ? undefined : { text: xml.slice(inner, close), end: close + name.length + 3 };
};

/** The inner text of every element of a name, in order. Enough for the two flat documents that clients send; takes linear time. */
export const elementsOf = (xml: string, name: string): string[] => {
  const found: string[] = [];
  for (let next = nextElement(xml, name, 0); next; next = nextElement(xml, name, next.end)) found.push(next.text);
  return found;
};

/** The text of the first element of a name; undefined where there is none, or where it holds elements. */
export const textOf = (xml: string, name: string): string | undefined => {
  const [first] = elementsOf(xml, name);
  return first === undefined || first.includes('<') ? undefined : decode(first);
};
