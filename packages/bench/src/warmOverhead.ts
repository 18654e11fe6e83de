import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { Figure } from './report.ts';

/** Microseconds that the whole pipeline adds to a warm invocation, log and metrics included (written to nowhere). */
export const measureWarmOverhead = async (probe: string): Promise<Figure> => {
  const child = spawn(process.execPath, [probe], { stdio: ['ignore', 'ignore', 'pipe'] });
  const [output] = await Promise.all([text(child.stderr), once(child, 'close')]);
  return { name: 'getMemo: pipeline over a bare handler, median', value: Number(output), unit: 'µs', atMost: 25 };
};
