import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import type { Machine } from './choice.ts';

export const repositoryFile = (name: string) => join(import.meta.dirname, '../../../../..', name);

const foldersOf = ({ PATH = '' }: NodeJS.ProcessEnv) => PATH.split(delimiter).filter(Boolean);

const isOnPath = (program: string, env: NodeJS.ProcessEnv) =>
  foldersOf(env).some((folder) => ['', '.exe', '.cmd'].some((ending) => existsSync(join(folder, program + ending))));

const installedBinary = () => {
  try {
    const manifest = createRequire(repositoryFile('package.json')).resolve('@dynoxide/linux-x64/package.json');
    return join(dirname(manifest), 'dynoxide');
  } catch {
    return undefined;
  }
};

/** The version that the workspace's catalog pins. */
const pinnedVersion = () => {
  const catalog = readFileSync(repositoryFile('pnpm-workspace.yaml'), 'utf8');
  const version = /'@dynoxide\/linux-x64': (\d+\.\d+\.\d+\S*)/.exec(catalog)?.[1];
  if (!version) throw new Error('pnpm-workspace.yaml pins no exact version of @dynoxide/linux-x64.');
  return version;
};

const npmProgram = 'npm-cli.js';

/** `npm` is a link to its program, or on Windows a script beside it. */
const npmIn = (folder: string) => {
  const candidates = [join(folder, 'npm'), join(folder, 'node_modules/npm/bin', npmProgram)];
  return candidates
    .filter((file) => existsSync(file))
    .map((file) => realpathSync(file))
    .find((file) => file.endsWith(npmProgram));
};

/** The npm that runs this process, else the first on PATH. */
export const findNpm = (env: NodeJS.ProcessEnv) => {
  const { npm_execpath: running } = env;
  if (running?.endsWith(npmProgram) && existsSync(running)) return running;
  for (const folder of foldersOf(env)) {
    const npm = npmIn(folder);
    if (npm) return npm;
  }
  return undefined;
};

/** What this machine offers to run DynamoDB with. */
export const thisMachine = (env: NodeJS.ProcessEnv): Machine => {
  const endpoint = env['AWS_ENDPOINT_URL_DYNAMODB'] || undefined;
  const binary = endpoint ? undefined : installedBinary();
  const needsMore = !endpoint && !binary;
  return {
    endpoint,
    binary,
    version: pinnedVersion(),
    npm: needsMore ? findNpm(env) : undefined,
    hasJava: needsMore && isOnPath('java', env),
    hasMaven: needsMore && isOnPath('mvn', env),
  };
};
