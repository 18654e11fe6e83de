import { join } from 'node:path';
import type { CliOptions } from './alone/runAlone.ts';
import { generateOnce } from './reload/generate.ts';
import { hosting } from './serverless/hosting.ts';
import type { Serverless } from './serverless/types.ts';

/**
 * A plugin for each service's serverless.yml: `serverless offline` and `serverless offline start` then run the service
 * alone, with engine, tables and seeds (alone/runAlone.ts), which `npm start` sees to by itself. Before anything is
 * bundled, what is derived from the contracts is made current.
 */
// oxlint-disable-next-line import/no-default-export -- the framework asks for one
export default function LocalCloudPlugin(serverless: Serverless, options: CliOptions) {
  const whenAlone = (step: (alone: typeof import('./alone/runAlone.ts')) => Promise<void>) => async () => {
    if (serverless.processedInput.commands[0] !== 'offline' || hosting.active) return;
    await step(await import('./alone/runAlone.ts'));
  };
  const generate = async () => {
    await generateOnce(join(import.meta.dirname, '../../..'));
  };
  const prepare = whenAlone(({ runAlone }) => runAlone(serverless, options));
  return {
    hooks: {
      initialize: whenAlone(({ claimPorts }) => claimPorts(serverless, options)),
      'before:package:initialize': generate,
      'before:deploy:function:initialize': generate,
      'before:offline:start': prepare,
      'before:offline:start:init': prepare,
    },
  };
}
