import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultPortBase } from './ports.ts';

export interface Options {
  /** The workspace whose `services/` are run. */
  readonly root: string;
  readonly portBase: number;
  /** Where data survives a restart. */
  readonly data: string;
  /** Whether to forget the data first. */
  readonly fresh: boolean;
  /** Seconds between two sweeps of rows past their TTL. */
  readonly sweepSeconds: number;
}

const help = `npm start -- [--fresh] [--port-base 3000] [--data .local] [--sweep-seconds 5]`;
const repository = resolve(import.meta.dirname, '../../..');

const number = (name: string, text: string, [least, most]: [number, number]) => {
  const value = Number(text);
  if (text.trim() === '' || !(value >= least && value <= most)) {
    throw new Error(`${name} must be a number from ${least} to ${most}, not "${text}".\n${help}`);
  }
  return value;
};

/** Options from the command line, else the environment (LOCAL_PORT_BASE, LOCAL_DATA), else what `npm start` means. Throws on any other. */
export const readOptions = (args: readonly string[], env: NodeJS.ProcessEnv): Options => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      fresh: { type: 'boolean', default: false },
      root: { type: 'string', default: repository },
      'port-base': { type: 'string', default: env['LOCAL_PORT_BASE'] ?? String(defaultPortBase) },
      data: { type: 'string', ...(env['LOCAL_DATA'] && { default: env['LOCAL_DATA'] }) },
      'sweep-seconds': { type: 'string', default: '5' },
    },
  });
  const root = resolve(values.root);
  return {
    root,
    portBase: Math.trunc(number('--port-base', values['port-base'], [1024, 59_000])),
    data: values.data ? resolve(values.data) : join(root, '.local'),
    fresh: values.fresh,
    sweepSeconds: number('--sweep-seconds', values['sweep-seconds'], [0.05, 3600]),
  };
};
