import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * What the files of a folder export, each by its file's name: a contract is found by its file, and no list has to name it. A
 * folder that is not there has none: git keeps no empty one where the last service with messages was taken out.
 */
export const contractFiles = (folder: string) =>
  Promise.all(
    (existsSync(folder) ? readdirSync(folder) : []).map(async (file) => {
      const exported = (await import(pathToFileURL(join(folder, file)).href)) as Readonly<Record<string, unknown>>;
      return { name: file.replace(/\.ts$/, ''), exported };
    }),
  );
