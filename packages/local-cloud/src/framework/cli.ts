import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { hosting } from './hosting.ts';
import { PackagingStandIn } from './packagingStandIn.ts';
import { type ConfigSchemaHandler, rememberValidation } from './rememberValidation.ts';
import type { Service } from './services.ts';
import type { Serverless } from './types.ts';

/** Where modules' compiled code lies as well. */
const cacheFolder = join(import.meta.dirname, '../../../../node_modules/.cache/valid-configurations');

const replaceModule = (require: NodeJS.Require, file: string, exports: unknown) => {
  require.cache[file] = { id: file, filename: file, loaded: true, exports } as NodeJS.Module;
};

const packagingPlugin = 'serverless-esbuild';

/** Wherever the service has the plugin from: it is the service that names it. */
const replacePackaging = (serviceFolder: string) => {
  const require = createRequire(join(serviceFolder, 'package.json'));
  try {
    replaceModule(require, require.resolve(packagingPlugin), PackagingStandIn);
  } catch {
    // It is not installed; where the service names it, the framework says so.
  }
};

/**
 * Loads services as the framework's command line does, with their plugins and every variable resolved: `serverless
 * offline load`, a command of our plugin, run in this process. The command line knows its service by the working directory
 * and keeps state in some modules, which are forgotten first, so services are loaded one after another. Rejects with what
 * the framework would have printed.
 */
export const createLoader = (root: string, args: readonly string[]) => {
  const require = createRequire(join(root, 'package.json'));
  const cli = require.resolve('serverless/scripts/serverless.js');
  const folder = dirname(dirname(cli));
  const keepsState = (file: string) =>
    file === cli || /^[\\/]lib[\\/](cli|configuration)[\\/]/.test(file.slice(folder.length));
  process.env['SLS_LOG_LEVEL'] = 'warning';
  process.env['SLS_INTERACTIVE_SETUP_ENABLE'] = '0';
  const { version } = require(join(folder, 'package.json')) as { readonly version: string };
  const handler = require(join(folder, 'lib/classes/config-schema-handler')) as ConfigSchemaHandler;
  rememberValidation(handler, { version, folder: cacheFolder });

  return ({ folder: serviceFolder }: Service): Promise<Serverless> => {
    process.chdir(serviceFolder);
    process.argv = [process.execPath, cli, 'offline', 'load', ...args];
    for (const file of Object.keys(require.cache).filter(keepsState)) delete require.cache[file];
    const { promise, resolve, reject } = Promise.withResolvers<Serverless>();
    replaceModule(require, join(folder, 'lib/cli/handle-error.js'), reject);
    replacePackaging(serviceFolder);
    hosting.loaded = resolve;
    require(cli);
    return promise;
  };
};
