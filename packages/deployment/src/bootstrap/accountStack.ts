import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../../..');

const { name } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { name: string };

/** The stack of what an account has once in each region; it goes by the project's name, as another project may have one too. */
export const accountStack = `${name}-account`;

export const accountTemplate = (): string => readFileSync(join(root, 'infrastructure/account.yml'), 'utf8');
