import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Failure } from '@app/command-line/failure';

const root = join(import.meta.dirname, '../../../..');

/** `pnpm generate`, once before all services: each would do it by itself, at the same time. Throws a Failure with what it says. */
export const generateOperations = (): void => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/generate.ts'], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Failure(`Operations could not be generated:\n${stderr.trim()}`);
};
