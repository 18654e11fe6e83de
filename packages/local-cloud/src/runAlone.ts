import { basename, resolve } from 'node:path';
import type { Serverless } from './framework/types.ts';
import { startAttached } from './harness/cloudProcess.ts';

/** What may be given on the command line: ports in place of those that `npm start` gives the service, and the framework's own. */
export interface AloneOptions {
  readonly httpPort?: string;
  readonly lambdaPort?: string;
  readonly websocketPort?: string;
  readonly stage?: string;
  readonly region?: string;
  readonly param?: string | readonly string[];
}

const flags = (name: string, value: string | readonly string[] | undefined) =>
  [value ?? []].flat().flatMap((each) => [`--${name}`, each]);

/** Runs a service alone: the local cloud's own program, for this service only, until it or this process is told to end. */
export const runAlone = async ({ serviceDir }: Serverless, options: AloneOptions): Promise<void> => {
  const framework = [
    ...flags('stage', options.stage),
    ...flags('region', options.region),
    ...flags('param', options.param),
  ];
  process.exitCode = await startAttached([
    ...flags('root', resolve(serviceDir, '../..')),
    ...flags('alone', basename(serviceDir)),
    ...flags('http-port', options.httpPort),
    ...flags('lambda-port', options.lambdaPort),
    ...flags('websocket-port', options.websocketPort),
    ...framework.map((word) => `--framework-arg=${word}`),
  ]);
};
