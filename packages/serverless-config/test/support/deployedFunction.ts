import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { type BuildOptions, build, type Plugin } from 'esbuild';

const require = createRequire(import.meta.url);

export const root = join(import.meta.dirname, '../../../..');

/** What serverless-esbuild hands over, as far as it is read. */
interface Serverless {
  readonly serviceDir: string;
  readonly service: { readonly service: string };
  readonly processedInput: { readonly commands: readonly string[]; readonly options: { readonly package?: string } };
  readonly getProvider: () => { readonly getStage: () => string };
}

export const pluginsFor = require('../../sourceMaps.cjs') as (serverless: Serverless) => Plugin[];

export const serverlessOf = (
  service: string,
  { command = 'package', stage = 'dev', serviceDir = join(root, 'services', service) } = {},
): Serverless => ({
  serviceDir,
  service: { service },
  processedInput: { commands: [command], options: {} },
  getProvider: () => ({ getStage: () => stage }),
});

/** A module's URL, as a text in code. */
export const urlOf = (file: string) => JSON.stringify(pathToFileURL(file).href);

/** Builds a handler as serverless-esbuild does, and resolves to its bundle. */
export const packageFunction = async (serverless: Serverless, handler: string, outdir: string): Promise<string> => {
  const readOptions = require('../../esbuild.cjs') as () => BuildOptions;
  await build({
    ...readOptions(),
    absWorkingDir: serverless.serviceDir,
    entryPoints: [`src/handlers/${handler}.ts`],
    outdir: join(outdir, 'src/handlers'),
    plugins: pluginsFor(serverless),
  });
  return join(outdir, `src/handlers/${handler}.mjs`);
};

/** What Node prints that runs these statements in an empty environment, with `folder` where Lambda has its code. */
export const printedBy = async (statements: string, folder: string): Promise<string> => {
  const args = ['--input-type=module', '--eval', statements];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { env: {} });
  return `${stdout}${stderr}`.replaceAll(pathToFileURL(folder).href, 'file:///var/task');
};

/** `pnpm stack …` with what is pasted into it. */
export const stack = async (pasted: string, ...args: string[]) => {
  const { NODE_OPTIONS: _ofTests, ...env } = process.env;
  const run = promisify(execFile)(process.execPath, [join(root, 'scripts/stack.ts'), ...args], { env });
  run.child.stdin?.on('error', () => {}); // it may end before it reads
  run.child.stdin?.end(pasted);
  const {
    stdout,
    stderr,
    code = 0,
  } = (await run.catch((error: unknown) => error)) as {
    stdout: string;
    stderr: string;
    code?: number;
  };
  return { output: stdout, error: stderr, code };
};
