import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { keepSourceMaps } from './keepSourceMaps.ts';

/** The little of the framework's object that is read; osls publishes no types. */
export interface Serverless {
  readonly serviceDir: string;
  readonly processedInput: {
    readonly commands: readonly string[];
    readonly options: { readonly package?: string };
  };
  readonly service: { readonly service: string };
  getProvider(name: 'aws'): { getStage(): string };
}

const root = join(import.meta.dirname, '../../../..');

/** The commit, with the tag it has or comes after; undefined where there is no repository. */
const commit = () => {
  try {
    const args = ['describe', '--always', '--dirty', '--tags'];
    return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
};

/**
 * Where a package's source maps are kept: `--package <folder>` takes all that is in .serverless along, theirs too; else
 * .serverless lasts until the next package, of whatever stage, and they have a folder for each stage.
 */
const folderOf = (serverless: Serverless) =>
  serverless.processedInput.options.package
    ? join(serverless.serviceDir, '.serverless/source-maps')
    : join(root, '.sourcemaps', serverless.getProvider('aws').getStage());

/** The esbuild plugins of serverless-esbuild: none but while it packages, so that nothing is slower on a laptop. */
export const esbuildPlugins = (serverless: Serverless): Plugin[] => {
  if (!['package', 'deploy'].includes(serverless.processedInput.commands[0] ?? '')) return [];
  const folder = join(folderOf(serverless), serverless.service.service);
  return [keepSourceMaps({ folder, root, about: { commit: commit(), packagedAt: new Date().toISOString() } })];
};
