import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { buildOptions } from '@app/serverless-config/buildOptions';
import { esbuildPlugins, type Serverless } from '@app/serverless-config/sourceMaps';
import { build } from 'esbuild';

export const root = join(import.meta.dirname, '../../..');

export const serverlessOf = (
  service: string,
  { command = 'package', stage = 'dev', serviceDir = join(root, 'services', service) } = {},
): Serverless => ({
  serviceDir,
  service: { service },
  processedInput: { commands: [command], options: {} },
  getProvider: () => ({ getStage: () => stage }),
});

/** A service of the repository and one of its handlers, whichever come first: tests of packaging need some, not these. */
export const anyFunction = (): { readonly service: string; readonly handler: string } => {
  const [service = ''] = readdirSync(join(root, 'services')).toSorted();
  const handlers = readdirSync(join(root, 'services', service, 'src/handlers')).toSorted();
  const create = handlers.find((file) => file.startsWith('create')) ?? handlers[0] ?? '';
  return { service, handler: create.replace(/\.ts$/, '') };
};

/** A module's URL, as a text in code. */
export const urlOf = (file: string) => JSON.stringify(pathToFileURL(file).href);

/** Builds a handler as serverless-esbuild does, and resolves to its bundle. */
export const packageFunction = async (serverless: Serverless, handler: string, outdir: string): Promise<string> => {
  await build({
    ...buildOptions(),
    absWorkingDir: serverless.serviceDir,
    entryPoints: [`src/handlers/${handler}.ts`],
    outdir: join(outdir, 'src/handlers'),
    plugins: esbuildPlugins(serverless),
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
  const run = promisify(execFile)(process.execPath, [join(root, 'packages/operations/src/stack.ts'), ...args], { env });
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
