import type { Resolve } from '../cloudFormation/resolver.ts';
import type { S3 } from '../engines/s3.ts';
import type { Invoke } from '../invoke.ts';
import { bucketsOf } from '../s3/buckets.ts';
import { objectEvent } from '../s3/objectEvent.ts';
import { seedObjectsOf } from '../s3/seeds.ts';
import type { Notification } from '../s3/types.ts';
import type { Serverless } from '../serverless/types.ts';
import { createAsynchronous } from './asynchronously.ts';
import { type Destinations, failureQueueOf } from './deadLetters.ts';
import type { Journal } from './journal.ts';

interface Means {
  readonly resolve: Resolve;
  readonly invoke: Invoke;
  readonly region: string;
  readonly destinations: Destinations;
  readonly journal: Journal;
}

const concerns = ({ prefix, suffix }: Notification, key: string) => key.startsWith(prefix) && key.endsWith(suffix);

/** Makes a service's buckets; from then on what they tell is kept. Resolves to what delivers it to the service's functions. */
export const prepareObjectEvents = async (
  s3: S3,
  serverless: Serverless,
  { resolve, invoke, region, destinations, journal }: Means,
) => {
  const functions = Object.values(serverless.service.functions);
  const seeds = seedObjectsOf(serverless, resolve);
  const queues = new Map<string, ReturnType<typeof createAsynchronous>>();
  const queueOf = (functionName: string) => {
    const definition = functions.find(({ name }) => name === functionName);
    const retries = definition?.maximumRetryAttempts ?? 2;
    const onFailure = failureQueueOf(definition?.destinations, resolve, { ...destinations, functionName });
    const queue = queues.get(functionName) ?? createAsynchronous({ invoke, functionName, retries, onFailure, journal });
    queues.set(functionName, queue);
    return queue;
  };
  for (const { bucket, notifications } of bucketsOf(serverless, resolve)) {
    for (const notification of notifications) {
      const { send } = queueOf(notification.functionName);
      s3.onObjectCreated((object) => {
        if (object.bucket === bucket.name && concerns(notification, object.key)) send(objectEvent(object, region));
      });
    }
    await s3.addBucket(bucket, seeds.get(bucket.name)); // when somebody listens: no upload goes unheard
  }
  return [...queues.values()];
};
