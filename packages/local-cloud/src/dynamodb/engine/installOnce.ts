import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const suffix = '.partial';

/** The installed file, when all of it is there. */
const installedFile = (folder: string): string | undefined => {
  try {
    const { file, bytes } = JSON.parse(readFileSync(join(folder, 'installed.json'), 'utf8')) as {
      file: string;
      bytes: number;
    };
    return statSync(join(folder, file)).size === bytes ? join(folder, file) : undefined;
  } catch {
    return undefined;
  }
};

/** What an installation left behind that was cut off. */
const removePartial = (folder: string) => {
  for (const name of readdirSync(dirname(folder)))
    if (name.startsWith(basename(folder)) && name.endsWith(suffix))
      rmSync(join(dirname(folder), name), { recursive: true, force: true });
};

/**
 * Installs a program into a folder of its own, unless it is there, and resolves to its file. `fill` fills an empty folder
 * and resolves to the file's path in it; the folder gets its name when all of it is there, so that what was cut off, or
 * was damaged later, is installed anew. Rejects with what `fill` throws, and leaves nothing behind then.
 */
export const installOnce = async (folder: string, fill: (empty: string) => Promise<string>): Promise<string> => {
  const installed = installedFile(folder);
  if (installed) return installed;
  mkdirSync(dirname(folder), { recursive: true });
  removePartial(folder);
  const partial = `${folder}.${process.pid}${suffix}`;
  mkdirSync(partial);
  try {
    const file = await fill(partial);
    if (!existsSync(join(partial, file))) throw new Error(`The installation brought no ${file}.`);
    const { size: bytes } = statSync(join(partial, file));
    writeFileSync(join(partial, 'installed.json'), JSON.stringify({ file, bytes }));
    rmSync(folder, { recursive: true, force: true });
    renameSync(partial, folder);
    return join(folder, file);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
};
