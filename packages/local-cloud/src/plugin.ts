import { join } from 'node:path';
import { generateOnce } from './cloud/reload/generate.ts';
import { hosting } from './framework/hosting.ts';
import type { Serverless } from './framework/types.ts';
import { type AloneOptions, runAlone } from './runAlone.ts';

const port = (usage: string) => ({ usage, type: 'string' });

const options = {
  httpPort: port('The port of the API'),
  lambdaPort: port('The port of the Lambda invoke endpoint'),
  websocketPort: port('The port of the WebSocket API'),
};

/**
 * A plugin for each service's serverless.yml: `serverless offline` (or `serverless offline start`) runs the service alone,
 * with engine, tables and seeds. `serverless offline load` is for the local cloud's own process, which runs all of them.
 * Before anything is bundled, what is derived from the contracts is made current.
 */
// oxlint-disable-next-line import/no-default-export -- the framework asks for one
export default function LocalCloudPlugin(serverless: Serverless, given: AloneOptions) {
  const generate = async () => {
    await generateOnce(join(import.meta.dirname, '../../..'));
  };
  const alone = () => runAlone(serverless, given);
  const load = () => {
    hosting.loaded?.(serverless);
    return new Promise<never>(() => {}); // what the framework does after a command would end the process
  };
  return {
    commands: {
      offline: {
        usage: 'Runs this service alone on this machine',
        lifecycleEvents: ['run'],
        options,
        commands: {
          start: { usage: 'The same', lifecycleEvents: ['run'], options },
          load: { usage: 'For npm start: loads the service', lifecycleEvents: ['run'] },
        },
      },
    },
    hooks: {
      'before:package:initialize': generate,
      'before:deploy:function:initialize': generate,
      'offline:run': alone,
      'offline:start:run': alone,
      'offline:load:run': load,
    },
  };
}
