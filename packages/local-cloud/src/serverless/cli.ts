import { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Service } from '../services.ts';
import { runFirst, runLast, type Serverless } from './types.ts';

type Run = (this: Serverless) => Promise<void>;
interface Start {
  readonly beforeInit: (serverless: Serverless) => Promise<void>;
  readonly ready: (serverless: Serverless) => void;
  readonly failed: (error: Error) => void;
}

const starting = new AsyncLocalStorage<Start>();

const replaceModule = (require: NodeJS.Require, file: string, exports: unknown) => {
  require.cache[file] = { id: file, filename: file, loaded: true, exports } as NodeJS.Module;
};

const watchRuns = (require: NodeJS.Require, folder: string) => {
  const { prototype } = require(join(folder, 'lib/serverless.js')) as { prototype: { run: Run; watched?: true } };
  if (prototype.watched) return;
  const { run } = prototype;
  prototype.watched = true;
  prototype.run = function runWatched() {
    const start = starting.getStore();
    if (start) {
      runFirst(this, 'before:offline:start:init', () => start.beforeInit(this));
      runLast(this, 'after:offline:start:init', () => start.ready(this));
    }
    return run.call(this);
  };
};

/**
 * The framework's command line, run again in this process for one more service: `serverless offline start`.
 * It knows its service by the working directory and keeps state in some modules, which are forgotten first, so services
 * are started one after another. Resolves when the service listens; rejects with what the framework would have printed.
 */
export const createCli = (root: string) => {
  const require = createRequire(join(root, 'package.json'));
  const cli = require.resolve('serverless/scripts/serverless.js');
  const folder = dirname(dirname(cli));
  const keepsState = (file: string) =>
    file === cli || /^[\\/]lib[\\/](cli|configuration)[\\/]/.test(file.slice(folder.length));

  return async ({ folder: serviceFolder }: Service, args: readonly string[], beforeInit: Start['beforeInit']) => {
    watchRuns(require, folder);
    process.chdir(serviceFolder);
    process.argv = [process.execPath, cli, 'offline', 'start', '--noSponsor', ...args];
    for (const file of Object.keys(require.cache).filter(keepsState)) delete require.cache[file];
    const { promise, resolve, reject } = Promise.withResolvers<Serverless>();
    replaceModule(require, join(folder, 'lib/cli/handle-error.js'), reject);
    starting.run({ beforeInit, ready: resolve, failed: reject }, () => require(cli) as unknown);
    return promise;
  };
};
