/** A piece of what was pasted, of one build: a trace, or lines without any. */
export interface Piece {
  readonly text: string;
  /** The service whose log it is from, if the log says so. */
  readonly service: string | undefined;
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

const frame = /^\s+at /m;

/** A stack as one text: our logger writes one, Lambda's runtime a list of lines. */
const asStack = (value: unknown): string | undefined => {
  const text = Array.isArray(value) && value.every((each) => typeof each === 'string') ? value.join('\n') : value;
  return typeof text === 'string' && frame.test(text) ? text : undefined;
};

/** All stacks in a value, in its order: an error's, its cause's. */
const stacksIn = (value: unknown, isCause = false): string[] => {
  const stack = asStack(value);
  if (stack !== undefined) return [isCause ? `[cause]: ${stack}` : stack];
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => stacksIn(member, isCause || key === 'cause'));
};

const withoutStacks = (value: Json) =>
  JSON.stringify(value, (_, member: unknown) => (asStack(member) === undefined ? member : undefined));

/** An object at the end of a text, after what a log puts before it. */
const parseEnd = (text: string): { before: string; value: Json } | undefined => {
  const start = text.indexOf('{');
  if (start < 0) return undefined;
  try {
    const value: unknown = JSON.parse(text.slice(start));
    return isObject(value) ? { before: text.slice(0, start), value } : undefined;
  } catch {
    return undefined;
  }
};

/** A log line as its stacks, each as one reads it, after the rest of the line. */
const unfold = (text: string): Piece[] | undefined => {
  const { before = '', value } = parseEnd(text) ?? {};
  if (!value) return undefined;
  const stacks = stacksIn(value);
  if (stacks.length === 0) return undefined;
  const service = typeof value['service'] === 'string' ? value['service'] : undefined;
  return [`${before}${withoutStacks(value)}`, ...stacks].map((piece) => ({ text: `${piece}\n`, service }));
};

/** Text as its traces: each ends with its last frame. */
const asTraces = (text: string): Piece[] =>
  text.split(/(?<=^\s+at .*\n)(?!\s+at )/m).map((piece) => ({ text: piece, service: undefined }));

/** Splits what was pasted: JSON, a line each or over many lines, becomes stacks; other lines stay as they are. */
export const piecesOf = (pasted: string): Piece[] => {
  const whole = unfold(pasted);
  if (whole) return whole;
  const pieces: Piece[] = [];
  let rest = '';
  for (const line of pasted.split(/(?<=\n)/)) {
    const unfolded = unfold(line);
    if (unfolded) pieces.push(...asTraces(rest), ...unfolded);
    rest = unfolded ? '' : rest + line;
  }
  return [...pieces, ...asTraces(rest)];
};
