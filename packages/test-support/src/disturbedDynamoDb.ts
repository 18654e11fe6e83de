import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startFaultProxy } from './faultProxy/faultProxy.ts';
import type { Fault } from './faultProxy/faults.ts';

const writes = ['PutItem', 'UpdateItem', 'DeleteItem', 'TransactWriteItems'];

/** What can happen to the attempts of one write, one after the other, until DynamoDB is well again. */
export const disturbances: readonly (readonly [name: string, kinds: readonly Fault['kind'][]])[] = [
  ['whose request is lost', ['reset']],
  ['whose request is lost twice', ['reset', 'reset']],
  ['whose answer is lost', ['lose']],
  ['whose answer is lost twice', ['lose', 'lose']],
  ['whose answer is lost three times', ['lose', 'lose', 'lose']],
  ['whose request is lost, and the answer of the next attempt', ['reset', 'lose']],
  ['whose answer is lost, and the request of the next attempt', ['lose', 'reset']],
  ['whose answer is lost, and which is throttled then', ['lose', 'throttle']],
  ['which is throttled, and whose answer is lost then', ['throttle', 'lose']],
  ['whose answer is lost, and which fails then', ['lose', 'error']],
  ['which is throttled', ['throttle']],
  ['which fails', ['error']],
];

interface Client {
  readonly config: Pick<DynamoDBClient['config'], 'retryStrategy'>;
}

/**
 * A proxy before the engine that AWS_ENDPOINT_URL_DYNAMODB names, which names the proxy from then on: for a client that has
 * sent nothing yet.
 */
export const disturbDynamoDb = async ({ config }: Client) => {
  const engine = process.env['AWS_ENDPOINT_URL_DYNAMODB'];
  if (!engine) throw new Error('AWS_ENDPOINT_URL_DYNAMODB names no engine.');
  const proxy = await startFaultProxy({ target: engine });
  process.env['AWS_ENDPOINT_URL_DYNAMODB'] = proxy.url;

  return {
    proxy,
    /** Does the work while its writes, but for the first `after`, are disturbed. Throws when not all faults were met. */
    disturb: async <T>(kinds: readonly Fault['kind'][], work: () => Promise<T>, after = 0): Promise<T> => {
      const faults = kinds.map((kind, index) =>
        proxy.add({ kind, operations: writes, times: 1, ...(index === 0 && { after }) }),
      );
      config.retryStrategy = new DynamoDBClient({ maxAttempts: 4 }).config.retryStrategy; // its budget is for one outage
      try {
        const result = await work();
        const met = faults.filter(({ hits }) => hits() === 1).length;
        if (met < kinds.length) throw new Error(`${met} of ${kinds.length} faults were met.`);
        return result;
      } finally {
        proxy.clear();
      }
    },
    stop: async () => {
      process.env['AWS_ENDPOINT_URL_DYNAMODB'] = engine;
      await proxy.stop();
    },
  };
};
