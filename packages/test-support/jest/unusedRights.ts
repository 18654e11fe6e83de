import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Verdict } from '@app/local-cloud/src/cloud/verdict.ts';
import { findServices } from '@app/local-cloud/src/framework/services.ts';

/** A right that no test uses and that is needed all the same, with the reason. */
interface Accepted {
  /** `createAsset`. */
  readonly function: string;
  readonly action: string;
  readonly reason: string;
}

const root = join(import.meta.dirname, '../../..');

const acceptedBy = async (folder: string): Promise<Accepted[]> => {
  try {
    return JSON.parse(await readFile(join(folder, 'test/unusedRights.json'), 'utf8')) as Accepted[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
};

/** The rights that some cloud of a run has seen used: tests of faults and of ends start their own. */
export const usedIn = async (folder: string): Promise<ReadonlySet<string>> => {
  const files = (await readdir(folder)).map((name) => join(folder, name));
  const verdicts = await Promise.all(files.map(async (file) => JSON.parse(await readFile(file, 'utf8')) as Verdict));
  return new Set(verdicts.flatMap(({ granted, unused }) => granted.filter((right) => !unused.includes(right))));
};

/**
 * Of the rights that nothing used, each a line (`items:writer: sqs:SendMessage on arn…`), those that no service accepts; and
 * what a service accepts though no role has it. One that is accepted may be used: some are by chance.
 */
export const unexpectedlyUnused = async (unused: readonly string[], granted: readonly string[]): Promise<string[]> => {
  const lists = await Promise.all(
    findServices(root).map(async ({ name, folder }) =>
      (await acceptedBy(folder)).map((each) => `${name}:${each.function}: ${each.action} on `),
    ),
  );
  const accepted = lists.flat();
  return [
    ...unused.filter((line) => !accepted.some((start) => line.startsWith(start))),
    ...accepted
      .filter((start) => !granted.some((line) => line.startsWith(start)))
      .map((start) => `${start.replace(/ on $/, '')} is accepted as unused, and no role has it`),
  ];
};
