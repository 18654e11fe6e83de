import { type ChildProcess, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

const repository = resolve(import.meta.dirname, '../../../../..');
const program = join(repository, 'node_modules/serverless/bin/serverless.js');

interface Options {
  readonly portBase: number;
  readonly data: string;
  readonly args?: readonly string[];
}

const running = new Set<ChildProcess>();

/** `serverless …` in a service's folder, `serverless offline` if nothing else is said. */
export const startServerless = (folder: string, { portBase, data, args = ['offline'] }: Options) => {
  const { NODE_OPTIONS: _ofTests, ...inherited } = process.env;
  const child = spawn(process.execPath, [program, ...args], {
    cwd: folder,
    env: {
      ...inherited,
      AWS_ENDPOINT_URL_DYNAMODB: '',
      AWS_ENDPOINT_URL_SQS: '',
      LOCAL_PORT_BASE: String(portBase),
      LOCAL_DATA: data,
      NODE_COMPILE_CACHE: join(repository, 'node_modules/.cache/compile'),
    },
    stdio: 'pipe',
  });
  running.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  return { child, output: () => output };
};

/** Ends what the test has started, if it has not ended. */
export const killServerless = () => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
};
