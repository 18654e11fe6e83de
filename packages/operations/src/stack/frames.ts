/** A frame in the bundle of a deployed function: `at x (file:///var/task/src/handlers/getNote.mjs:12:3456)`. */
export interface Frame {
  /** Where it stands in the text, from `at` to its column. */
  readonly start: number;
  readonly end: number;
  readonly isAsync: boolean;
  /** What V8 calls the function; undefined for one without a name. */
  readonly name: string | undefined;
  /** The bundle's path in its archive. */
  readonly bundle: string;
  /** From 1, both. */
  readonly line: number;
  readonly column: number;
}

// A name ends before the next frame's, where line ends are escaped too: the text may be a piece of JSON.
const pattern =
  /\bat (?<isAsync>async )?(?:(?<name>[^()\n\\]{1,200}) \()?(?<scheme>file:\/\/)?\/var\/task\/(?<bundle>[^\s():\\"']+\.m?js):(?<line>\d+):(?<column>\d+)/g;

/** V8 names an ES module by its URL. */
const fileOf = ({ scheme, bundle = '' }: Record<string, string | undefined>) => {
  try {
    return scheme ? decodeURIComponent(bundle) : bundle;
  } catch {
    return bundle; // no URL of V8's
  }
};

/** The frames of deployed functions in a text, in its order. Those of Node.js, of Lambda and of other programs are none. */
export const framesIn = (text: string): Frame[] =>
  [...text.matchAll(pattern)].map(({ 0: { length }, index, groups = {} }) => ({
    start: index,
    end: index + length,
    isAsync: groups['isAsync'] !== undefined,
    name: groups['name'],
    bundle: fileOf(groups),
    line: Number(groups['line']),
    column: Number(groups['column']),
  }));
