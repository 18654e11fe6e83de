import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { warn } from '@app/command-line/command';
import type { RunArguments } from '../deploy/arguments.ts';
import type { Service, Target } from '../target.ts';
import { type FrameworkResult, runFramework } from './cli.ts';
import { claimWorkingCopy } from './workingCopy.ts';

/** One run of a command over services. */
export interface Run {
  readonly target: Target;
  readonly signal: AbortSignal;
  /** A folder of the run's own, which goes with it. */
  readonly folder: string;
  /** One line about a service, for whoever waits. */
  readonly tell: (service: string, line: string) => void;
  /** The framework's command for a service, with stage and region. */
  readonly framework: (
    service: Service,
    args: readonly string[],
    env?: Readonly<Record<string, string>>,
  ) => Promise<FrameworkResult>;
}

/** Does the work with a folder that is removed afterwards, however it ends. */
export const withRun = async <T>(
  { target, isVerbose }: Pick<RunArguments, 'target' | 'isVerbose'>,
  signal: AbortSignal,
  work: (run: Run) => Promise<T>,
): Promise<T> => {
  const release = claimWorkingCopy();
  const folder = await mkdtemp(join(tmpdir(), 'groundwork-'));
  const width = Math.max(...target.services.map(({ name }) => name.length));
  const tell = (service: string, line: string) => warn(`${service.padEnd(width)}  ${line}`);
  const framework: Run['framework'] = async ({ name, folder: cwd }, args, env = {}) =>
    await runFramework({
      cwd,
      args: [...args, '--stage', target.stage, '--region', target.region, ...(isVerbose ? ['--verbose'] : [])],
      region: target.region,
      temporary: join(folder, 'tmp', name),
      env,
      signal,
      ...(isVerbose && { onLine: (line: string) => line !== '' && tell(name, line) }),
    });
  try {
    return await work({ target, signal, folder, tell, framework });
  } finally {
    await rm(folder, { recursive: true, force: true });
    release();
  }
};
