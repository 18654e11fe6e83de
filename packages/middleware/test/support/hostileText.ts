import * as fc from 'fast-check';

const tokens = [
  '"',
  '\\',
  ',',
  ' ',
  '\t',
  ';',
  '=',
  '/',
  'W/',
  'wait',
  'wait=',
  '.',
  '-',
  '@',
  '*',
  '&',
  '%2',
  '[',
  '{',
];
const words = ['a', '1', 'e', '00-', 'é', '""', '\\"', '", "', ' , ', 'a=1'];
const pieces = fc.constantFrom(...tokens, ...words);
const few = (minLength: number, maxLength: number) =>
  fc.array(pieces, { minLength, maxLength }).map((parts) => parts.join(''));

const hostileText = (before: string, pattern: string, behind: string) => ({
  parts: [before, pattern, behind],
  ofSize: (size: number) => before + pattern.repeat(Math.ceil(size / pattern.length)).slice(0, size) + behind,
});

/** A text of a size: one pattern over and over, with something before it and behind. */
const hostileTexts = fc
  .tuple(few(0, 2), few(1, 4), few(0, 2))
  .map(([before, pattern, behind]) => hostileText(before, pattern, behind));

/** Each piece by itself over and over, ended by something else: what is tried of every reader. */
const plainTexts = [...tokens, ...words].map((piece) => hostileText('', piece, 'x'));

const kilobytes = [4, 8, 16, 32, 64, 128, 256];

interface Bound {
  /** The largest text that is tried. */
  readonly kilobytes: number;
  readonly milliseconds: number;
}

/** Many times what the slowest reader takes: a quadratic one takes minutes for so much. */
const ofAnyText: Bound = { kilobytes: 256, milliseconds: 250 };

/** Milliseconds of this thread's processor: on a busy machine a reader waits, and is no slower for it. */
const timeOf = async (read: () => unknown) => {
  const before = process.threadCpuUsage();
  try {
    await read();
  } catch {
    // a refusal is an answer as well
  }
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
};

/** The fastest of a few: what the collector did meanwhile does not count. */
const fastest = async (read: () => unknown, enough: number) => {
  let best = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 5 && best > enough; attempt++) best = Math.min(best, await timeOf(read));
  return best;
};

/**
 * The first size (KB) at which reading takes longer than a reader in linear time takes for the largest; undefined when
 * there is none. A quadratic reader is found at a small size, and does not hold the test up with a large one.
 */
const tooSlowAt = async (
  ofSize: (size: number) => string,
  read: (text: string) => unknown,
  bound: Bound = ofAnyText,
) => {
  for (const size of kilobytes.filter((each) => each <= bound.kilobytes)) {
    const text = ofSize(size * 1024);
    if ((await fastest(() => read(text), bound.milliseconds)) > bound.milliseconds) return size;
  }
  return undefined;
};

/** The parts of a hostile text that is read too slowly; undefined when none of many is. */
export const slowlyRead = async (read: (text: string) => unknown, runs = 60, bound?: Bound) => {
  const isFast = fc.asyncProperty(
    hostileTexts,
    async ({ ofSize }) => (await tooSlowAt(ofSize, read, bound)) === undefined,
  );
  const { counterexample } = await fc.check(isFast, {
    numRuns: plainTexts.length + runs,
    examples: plainTexts.map((text) => [text]),
  });
  return counterexample?.[0].parts;
};
