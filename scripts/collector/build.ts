import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const sources = ['main.go', 'go.mod'];
const cache = join(import.meta.dirname, '../../node_modules/.cache/collector');

/** The version of the Go on the PATH; undefined where there is none. */
export const goVersion = (): Promise<string | undefined> =>
  run('go', ['version']).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  );

/** Builds the collector, once for each state of its sources and each version of Go. Resolves to the program's path. */
export const buildCollector = async (version: string): Promise<string> => {
  const hash = createHash('sha256').update(version);
  for (const name of sources) hash.update(await readFile(join(import.meta.dirname, name)));
  const folder = join(cache, hash.digest('hex').slice(0, 16));
  const program = join(folder, process.platform === 'win32' ? 'collector.exe' : 'collector');
  const isBuilt = await access(program).then(
    () => true,
    () => false,
  );
  if (isBuilt) return program;
  await mkdir(folder, { recursive: true });
  for (const name of sources) await copyFile(join(import.meta.dirname, name), join(folder, name));
  // -mod=mod adds all other modules to the copy of go.mod.
  await run('go', ['build', '-mod=mod', '-buildvcs=false', '-o', program, '.'], { cwd: folder });
  return program;
};
