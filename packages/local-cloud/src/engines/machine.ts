import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import type { Machine } from './choice.ts';

const repositoryFile = (name: string) => join(import.meta.dirname, '../../../..', name);

const onPath = (program: string) =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));

const installedBinary = () => {
  try {
    const manifest = createRequire(repositoryFile('package.json')).resolve('@dynoxide/linux-x64/package.json');
    return join(dirname(manifest), 'dynoxide');
  } catch {
    return undefined;
  }
};

/** The version that the workspace's catalog pins. */
const pinnedVersion = () =>
  /'@dynoxide\/linux-x64': (\S+)/.exec(readFileSync(repositoryFile('pnpm-workspace.yaml'), 'utf8'))?.[1] ?? 'latest';

/** What this machine offers to run DynamoDB with. */
export const thisMachine = (env: NodeJS.ProcessEnv): Machine => ({
  endpoint: env['AWS_ENDPOINT_URL_DYNAMODB'] || undefined,
  binary: installedBinary(),
  version: pinnedVersion(),
  hasJava: onPath('java'),
  hasDocker: onPath('docker'),
});
