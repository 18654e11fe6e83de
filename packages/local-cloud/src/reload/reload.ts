import { existsSync, readdirSync, watch } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Build } from '../build.ts';
import { configurationFiles, type Service } from '../services.ts';
import { generateAgain } from './generate.ts';
import { watchTrees } from './watch.ts';

const settling = 30; // milliseconds: an editor that saves writes more than once

export interface Reloading {
  readonly root: string;
  readonly services: readonly Service[];
  readonly build: Build;
  /** Has functions take the new code, each when it has answered. */
  readonly reload: () => void;
  readonly say: (message: string) => void;
}

const sourceFolders = (root: string, services: readonly Service[]) => {
  const packages = join(root, 'packages');
  const names = existsSync(packages) ? readdirSync(packages) : [];
  return [...services.map(({ folder }) => join(folder, 'src')), ...names.map((name) => join(packages, name, 'src'))];
};

const watchConfiguration = (services: readonly Service[], say: Reloading['say']) => {
  const watchers = services.map((service) =>
    watch(service.folder, (_, file) => {
      if (file && configurationFiles(service).includes(file))
        say(`${service.name}/${file} changed: it counts from the next start.`);
    }),
  );
  return () => watchers.forEach((watcher) => watcher.close());
};

/** Keeps what runs current with the files. Code with errors is told of, and what ran before goes on. */
export const startReloading = ({ root, services, build, reload: takeCode, say }: Reloading) => {
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
      say(
        `${first}${others.length > 0 ? ` and ${others.length} more` : ''} live after ${Math.round(performance.now() - begun)} ms`,
      );
    } catch (error) {
      say(`Not reloaded; the code from before goes on.\n${(error as Error).message}`);
    }
  };

  const stopWatching = watchTrees(sourceFolders(root, services), (file) => {
    if (!/\.(ts|js|json)$/.test(file)) return;
    changes.push(file);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const files = changes;
      changes = [];
      last = last.then(() => reload(files));
    }, settling);
  });
  const stopConfiguration = watchConfiguration(services, say);
  return () => {
    clearTimeout(timer);
    stopWatching();
    stopConfiguration();
  };
};
