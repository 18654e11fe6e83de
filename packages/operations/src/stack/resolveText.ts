import type { Build } from './builds.ts';
import { type Frame, framesIn } from './frames.ts';

/** The build that a bundle's frames are resolved with; undefined if there is none. */
export type FindBuild = (bundle: string) => Build | undefined;

export interface Resolved {
  readonly text: string;
  readonly frames: number;
  /** The builds that frames were resolved with. */
  readonly used: ReadonlySet<Build>;
  /** The builds that this trace cannot be of, though they have its bundles. */
  readonly mismatched: ReadonlySet<Build>;
}

const isWord = (text: string) => /^[\w$]+$/.test(text);

/**
 * A function's original name. The map has it where the function is called, if the frame that follows does that, by its own
 * name, as the bundle says: a callback is called by its parameter's.
 */
const originalName = (name: string, caller: Frame, build: Build): string | undefined => {
  const code = build.codeAt(caller.line, caller.column) ?? '';
  const [keywords = ''] = /^(?:await )?(?:new )?/.exec(code) ?? [];
  const called = /^[\w$]+/.exec(code.slice(keywords.length))?.[0];
  return called === name ? build.originOf(caller.line, caller.column + keywords.length)?.name : undefined;
};

/** Gives each frame its place in our source, and leaves all else, and all that cannot be resolved, as it is. */
export const resolveText = (text: string, findBuild: FindBuild): Resolved => {
  const frames = framesIn(text).map((frame) => Object.assign(frame, { build: findBuild(frame.bundle) }));
  const mismatched = new Set(
    frames.flatMap(({ build, line, column }) => (build && !build.canHold(line, column) ? [build] : [])),
  );
  const nameOf = (frame: Frame, index: number) => {
    const [, keyword = '', name = ''] = /^(new )?(.*)$/.exec(frame.name ?? '') ?? [];
    const caller = frames[index + 1];
    if (!isWord(name) || !caller?.build) return frame.name;
    return `${keyword}${originalName(name, caller, caller.build) ?? name}`;
  };
  const used = new Set<Build>();
  let end = 0;
  const pieces = frames.flatMap((frame, index) => {
    const { build, line, column, isAsync } = frame;
    const origin = build && !mismatched.has(build) ? build.originOf(line, column) : undefined;
    if (!build || !origin) return [];
    used.add(build);
    const name = nameOf(frame, index);
    const before = text.slice(end, frame.start);
    end = frame.end;
    const place = `${origin.source}:${origin.line}:${origin.column}`;
    return [before, 'at ', isAsync ? 'async ' : '', name === undefined ? place : `${name} (${place}`];
  });
  return { text: [...pieces, text.slice(end)].join(''), frames: frames.length, used, mismatched };
};
