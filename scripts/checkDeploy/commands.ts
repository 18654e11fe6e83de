import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { ServiceReport } from './apis.ts';
import { expectThat } from './steps.ts';

export interface Told {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

const longestRun = 300_000; // milliseconds, of one command

/** The project's own commands, run in a working copy against whatever the environment leads to. */
export const commandsIn = (root: string, env: NodeJS.ProcessEnv) => {
  const run = async (command: string, ...args: string[]): Promise<Told> => {
    const child = spawn(process.execPath, [join(root, `packages/deployment/src/${command}.ts`), ...args], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: longestRun,
    });
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
    return { exitCode: child.exitCode ?? 1, stdout, stderr };
  };

  /** The report of a command that works on services. */
  const report = async (command: string, ...args: string[]): Promise<readonly ServiceReport[]> => {
    const { stdout, stderr } = await run(command, '--json', ...args);
    try {
      return (JSON.parse(stdout) as { services: ServiceReport[] }).services;
    } catch {
      throw new Error(`${command} ${args.join(' ')}: ${stderr}${stdout}`);
    }
  };

  return {
    run,
    report,
    /** Each service with its outcome; throws what went wrong where it is another than expected. */
    expectOutcome: async (outcome: string, command: string, ...args: string[]): Promise<readonly ServiceReport[]> => {
      const services = await report(command, ...args);
      const others = services.filter((each) => each.outcome !== outcome);
      expectThat(
        services.length > 0 && others.length === 0,
        `${command} ${args.join(' ')}: expected ${outcome}, but ${JSON.stringify(others, null, 2)}`,
      );
      return services;
    },
  };
};

export type Commands = ReturnType<typeof commandsIn>;
