import type { CliOptions } from './alone/runAlone.ts';
import { hosting } from './serverless/hosting.ts';
import type { Serverless } from './serverless/types.ts';

/**
 * A plugin for each service's serverless.yml: `serverless offline` and `serverless offline start` then run the service
 * alone, with engine, tables and seeds (alone/runAlone.ts). It has no part in any other command, nor in `npm start`.
 */
// oxlint-disable-next-line import/no-default-export -- the framework asks for one
export default function LocalCloudPlugin(serverless: Serverless, options: CliOptions) {
  const whenAlone = (step: (alone: typeof import('./alone/runAlone.ts')) => Promise<void>) => async () => {
    if (serverless.processedInput.commands[0] !== 'offline' || hosting.active) return;
    await step(await import('./alone/runAlone.ts'));
  };
  const prepare = whenAlone(({ runAlone }) => runAlone(serverless));
  return {
    hooks: {
      initialize: whenAlone(({ claimPorts }) => claimPorts(serverless, options)),
      'before:offline:start': prepare,
      'before:offline:start:init': prepare,
    },
  };
}
