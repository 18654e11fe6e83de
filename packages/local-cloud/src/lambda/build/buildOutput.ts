import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { OutputFile } from 'esbuild';

/**
 * Writes a build's files where they differ from the build before, and resolves to whether any did. Files that the build
 * no longer has stay until the next: a function that is being loaded may still ask for them.
 */
export const createWriter = () => {
  const written = new Map<string, string>();
  let superseded: string[] = [];
  return async (files: readonly OutputFile[]): Promise<boolean> => {
    await Promise.all(superseded.map((path) => rm(path, { force: true })));
    const changed = files.filter(({ path, hash }) => written.get(path) !== hash);
    await Promise.all(
      changed.map(async ({ path, contents, hash }) => {
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, contents);
        written.set(path, hash);
      }),
    );
    const current = new Set(files.map(({ path }) => path));
    superseded = [...written.keys()].filter((path) => !current.has(path));
    for (const path of superseded) written.delete(path);
    return changed.length > 0;
  };
};
