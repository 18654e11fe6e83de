import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

const script = (root: string) => join(root, 'scripts/generate.ts');

/** Derives what is derived from the contracts, where it is not current. Resolves to whether anything changed. */
export const generateOnce = async (root: string): Promise<boolean> => {
  if (!existsSync(script(root))) return false;
  const { generate } = (await import(pathToFileURL(script(root)).href)) as { generate: () => Promise<boolean> };
  return generate();
};

/** The same again after a change: in a thread of its own, as modules that were loaded once stay as they were. */
export const generateAgain = async (root: string): Promise<void> => {
  if (!existsSync(script(root))) return;
  const code = `import(${JSON.stringify(pathToFileURL(script(root)).href)}).then(({ generate }) => generate())`;
  await new Promise<void>((resolve, reject) => {
    const worker = new Worker(code, { eval: true });
    worker.once('error', reject);
    worker.once('exit', () => resolve());
  });
};
