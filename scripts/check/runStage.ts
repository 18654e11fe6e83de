import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { onceFailed } from './runAgain.ts';

export interface Step {
  readonly name: string;
  /** Arguments for the pinned Node: a script of a tool's, and what it takes. */
  readonly node: readonly string[];
}

export interface Outcome {
  readonly name: string;
  readonly passed: boolean;
}

const run = async ({ name, node }: Step): Promise<Outcome> => {
  const startedAt = performance.now();
  const child = spawn(process.execPath, node, { stdio: ['ignore', 'pipe', 'pipe'] });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  const passed = code === 0;
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${passed ? '✔' : '✘'} ${name} (${seconds} s)`);
  const text = Buffer.concat(output).toString();
  const told = passed ? text.split('\n').filter((line) => line.startsWith(onceFailed)) : [text];
  for (const line of told) console.log(line);
  return { name, passed };
};

/** Runs the steps side by side and tells of each as it ends, with its output if it failed. */
export const runStage = (steps: readonly Step[]): Promise<Outcome[]> => Promise.all(steps.map(run));
