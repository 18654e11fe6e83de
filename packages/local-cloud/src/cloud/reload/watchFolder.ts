import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { basename, join } from 'node:path';

/** A folder whose changes are told of. */
export interface Root {
  readonly folder: string;
  /** Whether with all folders in it. */
  readonly deep: boolean;
  readonly changed: (file: string) => void;
}

export interface Hearing {
  /** The system has no watches or descriptors left. */
  readonly exhausted: (error: NodeJS.ErrnoException) => void;
  readonly log: (message: string) => void;
}

interface Watched {
  readonly identity: string;
  readonly watcher: FSWatcher | undefined;
  /** Of the last reading; undefined before the first. */
  modifiedAt: number | undefined;
  folders: readonly string[];
}

const isExhaustion = ({ code = '' }: NodeJS.ErrnoException) => ['ENOSPC', 'EMFILE', 'ENFILE'].includes(code);

const attempt = <T>(work: () => T): T | undefined => {
  try {
    return work();
  } catch {
    return undefined;
  }
};

/** A folder as it is now; one that replaces another has another identity. Links are followed. */
const stateOf = (folder: string) => {
  const stat = attempt(() => statSync(folder));
  return stat?.isDirectory()
    ? { identity: `${stat.dev}:${stat.ino}:${stat.birthtimeMs}`, modifiedAt: stat.mtimeMs }
    : undefined;
};

const entriesOf = (folder: string) => (attempt(() => readdirSync(folder)) ?? []).map((name) => join(folder, name));

/**
 * Watches one root. Each folder has a watch of its own: Node's recursive watch on Linux follows files, and loses one that
 * an editor replaces by renaming. `look` compares what is watched with what is there, and watches what is new or another.
 */
export const watchFolder = ({ folder: root, deep, changed }: Root, { exhausted, log }: Hearing) => {
  const all = new Map<string, Watched>();
  let isFirst = true;
  let isOver = false;
  let isThere = false;

  const drop = (folder: string) => {
    const watched = all.get(folder);
    all.delete(folder);
    watched?.watcher?.close();
    watched?.folders.forEach(drop);
  };

  const giveUp = (error: NodeJS.ErrnoException) => {
    isOver = true;
    exhausted(error);
  };

  const start = (folder: string): FSWatcher | undefined => {
    if (isOver) return undefined;
    try {
      const watcher = watch(folder, { persistent: false }, (event, name) => {
        if (name) changed(join(folder, name));
        if (event === 'rename') lookAgain(folder, name);
      });
      return watcher.on('error', (error) => {
        drop(folder); // the next look watches it anew, if it is still there
        if (isExhaustion(error)) giveUp(error);
      });
    } catch (error) {
      if (isExhaustion(error as NodeJS.ErrnoException)) giveUp(error as NodeJS.ErrnoException);
      else if (stateOf(folder)) log(`${folder} is not watched: ${(error as Error).message}`);
      return undefined;
    }
  };

  const lookAt = (folder: string, above: readonly string[] = []) => {
    const now = stateOf(folder);
    if (!now || above.includes(now.identity)) return drop(folder); // gone, or a link to where it lies in
    let known = all.get(folder);
    if (known?.identity !== now.identity) {
      drop(folder);
      known = { identity: now.identity, watcher: start(folder), modifiedAt: undefined, folders: [] };
      all.set(folder, known);
    }
    if (known.modifiedAt !== now.modifiedAt) readAgain(known, folder, now.modifiedAt);
    for (const each of known.folders) lookAt(each, [...above, now.identity]);
  };

  /** What lies in a folder that was not watched until now may have changed unnoticed. */
  const readAgain = (known: Watched, folder: string, modifiedAt: number) => {
    const isNew = known.modifiedAt === undefined;
    const entries = entriesOf(folder);
    const folders = deep ? entries.filter((entry) => stateOf(entry)) : [];
    for (const gone of known.folders.filter((each) => !folders.includes(each))) drop(gone);
    known.modifiedAt = modifiedAt;
    known.folders = folders;
    if (isNew && !isFirst) entries.filter((entry) => !folders.includes(entry)).forEach(changed);
  };

  const lookAgain = (folder: string, name: string | null) => {
    if (name === basename(folder)) drop(folder); // the folder itself was moved or deleted, and its watch is at an end
    const known = all.get(folder);
    if (known) known.modifiedAt = Number.NaN; // of changes within one tick of the clock
    look();
  };

  const look = () => {
    if (isOver) return;
    lookAt(root);
    isFirst = false;
    if (isThere && !all.has(root)) log(`${root} is gone: changes count again when it is back.`);
    isThere = all.has(root);
  };

  look();
  const close = () => {
    isOver = true;
    drop(root);
  };
  return { look, close };
};
