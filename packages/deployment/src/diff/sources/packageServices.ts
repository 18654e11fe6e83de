import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Failure } from '@app/command-line/failure';
import { inParallel } from '../../framework/inParallel.ts';
import type { Target } from '../../target.ts';
import { readTemplate, type Template } from '../template/template.ts';

const run = promisify(execFile);

export interface Packaging {
  /** Of the checkout. */
  readonly root: string;
  /** For what packaging leaves: whose it is removes it. */
  readonly folder: string;
  readonly target: Target;
}

const longest = 300_000; // milliseconds; a service takes 3 to 20 seconds

interface Failed {
  /** Whether it was ended, as it took too long. */
  readonly killed?: boolean;
  readonly stdout?: string;
  readonly stderr?: string;
}

/** The framework draws its progress with control sequences; its reason stands at the end. */
const lastLines = (stdout: string, stderr: string): string =>
  `${stdout}\n${stderr}`
    .replaceAll(/\u001B\[[0-9;?]*[A-Za-z]/g, '') // oxlint-disable-line no-control-regex
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '' && !line.includes('Packaging'))
    .slice(-12)
    .join('\n');

const reasonOf = ({ killed, stdout = '', stderr = '' }: Failed): string =>
  killed
    ? `It did not end within ${longest / 1000} seconds. Is something else packaging in this checkout?`
    : lastLines(stdout, stderr);

const packageOne = async (
  name: string,
  { root, folder: parent, target: { stage, region } }: Packaging,
): Promise<Template> => {
  const folder = join(parent, name);
  await mkdir(folder, { recursive: true });
  const cli = createRequire(join(root, 'package.json')).resolve('serverless/bin/serverless.js');
  const args = [cli, 'package', '--stage', stage, '--region', region, '--package', folder];
  try {
    await run(process.execPath, args, {
      cwd: join(root, 'services', name),
      timeout: longest,
      killSignal: 'SIGKILL',
      env: { ...process.env, SLS_INTERACTIVE_SETUP_ENABLE: '0', NODE_OPTIONS: '', TMPDIR: folder }, // serverless-esbuild leaves folders there
    });
    const file = join(folder, 'cloudformation-template-update-stack.json');
    return readTemplate(await readFile(file, 'utf8'), `${name}, packaged`);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(`${name} cannot be packaged:\n${reasonOf(error as Failed)}`, 1, { cause: error });
  }
};

/**
 * The templates that a deployment of the checkout would bring, by service; a service that it does not have is left out. Throws
 * a Failure with the framework's reason.
 */
export const packageServices = async (packaging: Packaging): Promise<ReadonlyMap<string, Template>> => {
  const { root, target } = packaging;
  const generate = join(root, 'scripts/generate.ts');
  if (existsSync(generate)) await run(process.execPath, [generate], { cwd: root }); // each service would, at the same time
  const names = target.services.map(({ name }) => name).filter((name) => existsSync(join(root, 'services', name)));
  const templates = await inParallel(names, Math.min(4, availableParallelism()), async (name) =>
    packageOne(name, packaging),
  );
  return new Map(names.map((name, place) => [name, templates[place] as Template]));
};
