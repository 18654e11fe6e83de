import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { errorIn } from '../framework/errorIn.ts';
import type { Run } from '../framework/run.ts';
import type { Service } from '../target.ts';

const root = join(import.meta.dirname, '../../../..');

/** `--param` for the framework, from `name=value`. */
export const parameterArguments = (parameters: readonly string[]): string[] =>
  parameters.flatMap((each) => ['--param', each]);

/** Packages a service into a folder of the run's own. Resolves to the folder, with the reason where it could not be. */
export const packageService = async (
  run: Run,
  { service, parameters }: { service: Service; parameters: readonly string[] },
): Promise<{ readonly folder: string; readonly error?: string }> => {
  const folder = join(run.folder, 'packages', service.name);
  run.tell(service.name, 'packaging');
  const args = ['package', '--package', folder, ...parameterArguments(parameters)];
  const { exitCode, output } = await run.framework(service, args);
  return exitCode === 0 ? { folder } : { folder, error: errorIn(output) || 'packaging failed' };
};

/** `pnpm stack` reads traces with the maps of what is deployed (decision 0009). */
export const keepSourceMaps = async (folder: string, stage: string): Promise<void> => {
  const maps = join(folder, 'source-maps');
  if (existsSync(maps)) await cp(maps, join(root, '.sourcemaps', stage), { recursive: true });
};
