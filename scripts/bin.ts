import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);

/** The script behind a root dependency's command: Node runs it on every platform, where PATH and shims differ. */
export const bin = (packageName: string, command = packageName): string => {
  const folder = join(import.meta.dirname, '../node_modules', packageName);
  const { bin: commands } = require(join(folder, 'package.json')) as { bin: string | Record<string, string> };
  return join(folder, typeof commands === 'string' ? commands : (commands[command] ?? ''));
};
