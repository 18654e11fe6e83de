import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const namesIn = (folder: string) =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
    : [];

/** The folder of a stage's source maps. Throws, naming the stages there are, when none or several could be meant. */
export const folderOfStage = (kept: string, stage: string | undefined): string => {
  const stages = namesIn(kept);
  const [only, ...others] = stage === undefined ? stages : stages.filter((each) => each === stage);
  if (only !== undefined && others.length === 0) return join(kept, only);
  if (stages.length === 0)
    throw new Error(`No source maps in ${kept}. \`serverless package --stage <stage>\` makes them.`);
  throw new Error(`Which stage? There are source maps of ${stages.join(', ')}.`);
};

/** The services whose bundles a folder has under this path, each with the folder. */
export const servicesWith = (folders: readonly string[], bundle: string): { folder: string; service: string }[] =>
  folders.flatMap((folder) =>
    namesIn(folder)
      .filter((service) => existsSync(join(folder, service, `${bundle}.map`)))
      .map((service) => ({ folder, service })),
  );
