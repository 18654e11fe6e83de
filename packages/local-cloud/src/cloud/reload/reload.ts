import { existsSync, readdirSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { isConfiguration, type Service } from '../../framework/services.ts';
import type { Build } from '../../lambda/build/build.ts';
import { generateAgain } from './generate.ts';
import { watchFolders } from './watch.ts';

const settling = 30; // milliseconds: an editor that saves writes more than once

export interface Reloading {
  readonly root: string;
  readonly services: readonly Service[];
  readonly build: Build;
  /** Has functions take the new code, each when it has answered. */
  readonly reload: () => void;
  readonly log: (message: string) => void;
}

const sourceFolders = (root: string, services: readonly Service[]) => {
  const packages = join(root, 'packages');
  const names = existsSync(packages) ? readdirSync(packages) : [];
  return [...services.map(({ folder }) => join(folder, 'src')), ...names.map((name) => join(packages, name, 'src'))];
};

const configurationOf = (service: Service, log: Reloading['log']) => ({
  folder: service.folder,
  deep: false,
  changed: (file: string) => {
    const name = basename(file);
    if (isConfiguration(name)) log(`${service.name}/${name} changed: it counts from the next start.`);
  },
});

/** Keeps what runs current with the files. Code with errors is told of, and what ran before goes on. */
export const startReloading = ({ root, services, build, reload: takeCode, log }: Reloading) => {
  const contracts = join(root, 'packages/contracts/src') + sep;
  let changes: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  let last: Promise<void> = Promise.resolve();

  const reload = async (files: readonly string[]) => {
    const begun = performance.now();
    try {
      if (files.some((file) => file.startsWith(contracts))) await generateAgain(root);
      if (!(await build.rebuild())) return;
      takeCode();
      const [first = '', ...others] = new Set(files.map((file) => relative(root, file)));
      log(
        `${first}${others.length > 0 ? ` and ${others.length} more` : ''} live after ${Math.round(performance.now() - begun)} ms`,
      );
    } catch (error) {
      log(`Not reloaded; the code from before goes on.\n${(error as Error).message}`);
    }
  };

  const changed = (file: string) => {
    if (!/\.(ts|js|json)$/.test(file)) return;
    changes.push(file);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const files = changes;
      changes = [];
      last = last.then(() => reload(files));
    }, settling);
  };
  const sources = sourceFolders(root, services).map((folder) => ({ folder, deep: true, changed }));
  const configurations = services.map((service) => configurationOf(service, log));
  const stopWatching = watchFolders([...sources, ...configurations], log);
  return () => {
    clearTimeout(timer);
    stopWatching();
  };
};
