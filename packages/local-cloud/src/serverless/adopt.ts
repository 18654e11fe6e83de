import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { functionEnvironment } from '../environment.ts';
import { findPlugin, type Serverless } from './types.ts';

interface EsbuildPlugin {
  buildDirPath: string;
  buildResults: unknown[];
  packExternalModules(): Promise<void>;
  copyExtras(): Promise<void>;
  watch(): void;
  bundle(): Promise<void>;
}

/** What a function needs locally besides AWS_ variables. What the service itself sets stays. */
export const addFunctionEnvironment = ({ service: { provider } }: Serverless) => {
  provider.environment = { ...functionEnvironment(process.env), ...provider.environment };
};

const assertBuilt = ({ service }: Serverless, folder: string) => {
  const missing = Object.entries(service.functions).filter(
    ([, { handler }]) => handler && !existsSync(join(folder, handler.replace(/\.\w+$/, '.mjs'))),
  );
  if (missing.length > 0) throw new Error(`No handler was built for ${missing.map(([name]) => name).join(', ')}.`);
};

/** Gives a service the common build's output in place of what serverless-esbuild would build for it alone. */
export const useBuild = (serverless: Serverless, built: Promise<unknown>, folder: string) => {
  const plugin = findPlugin<EsbuildPlugin>(serverless, 'EsbuildServerlessPlugin');
  if (!plugin) throw new Error('serverless.yml does not name the plugin serverless-esbuild.');
  plugin.packExternalModules = async () => {};
  plugin.copyExtras = async () => {};
  plugin.watch = () => {};
  plugin.bundle = async () => {
    await built;
    assertBuilt(serverless, folder);
    plugin.buildDirPath = folder;
    plugin.buildResults = [];
  };
};
