import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

const packageFolder = join(import.meta.dirname, '..');
const generatedFolder = join(packageFolder, 'generated');
const digestFile = join(generatedFolder, '.digest');

const filesUnder = async (folder: string) =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();

const digestOfSources = async () => {
  const hash = createHash('sha256');
  for (const folder of ['src', 'samples', 'generator']) {
    for (const file of await filesUnder(join(packageFolder, folder)))
      hash.update(relative(packageFolder, file)).update(await readFile(file));
  }
  return hash.digest('hex');
};

let running: Promise<boolean> | undefined;

/**
 * Writes a module for every operation into `generated/`, unless those there were made from the same sources.
 * Resolves to whether anything was written. The digest is written last: a run that was cut short is made good by the next.
 * Two calls at once are one.
 */
export const generate = (): Promise<boolean> => {
  running ??= generateNow().finally(() => {
    running = undefined;
  });
  return running;
};

const generateNow = async (): Promise<boolean> => {
  const digest = await digestOfSources();
  if ((await readFile(digestFile, 'utf8').catch(() => '')) === digest) return false;
  const { writeModules } = await import('./writeModules.ts');
  await rm(digestFile, { force: true });
  await mkdir(generatedFolder, { recursive: true });
  await writeModules(generatedFolder);
  await writeFile(digestFile, digest);
  return true;
};
