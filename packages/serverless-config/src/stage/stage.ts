import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** Short enough for every name that is made from it: buckets, roles (64 with the longest region), queues. */
const stageName = /^[a-z][a-z0-9-]{0,19}$/;

/** Throws when a stage's name would be refused by AWS half-way through a deployment, or reads as another stage's. */
export const assertStageName = (stage: string): void => {
  if (stageName.test(stage)) return;
  throw new Error(
    `“${stage}” is no name for a stage: one to 20 lower-case letters, digits and hyphens, a letter first (dev, pr-123).`,
  );
};

type Parameters = Readonly<Record<string, unknown>>;

/** The stage's parameters as `params.yml` has them, `default`'s where it has none. */
export const parametersOf = (stage: string): Parameters => {
  const stages = parse(readFileSync(join(import.meta.dirname, '../../params.yml'), 'utf8')) as Record<
    string,
    Parameters
  >;
  return { ...stages['default'], ...stages[stage] };
};

/** Whether a stage keeps its data, and is changed only on purpose. Any other is a preview, and leaves nothing behind. */
export const isDurable = (stage: string): boolean => parametersOf(stage)['durable'] === true;
