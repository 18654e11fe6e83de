import type { Serverless } from '../../framework/types.ts';
import { createAsynchronous } from '../../lambda/events/asynchronously.ts';
import { type Destinations, failureQueueOf } from '../../lambda/events/deadLetters.ts';
import type { Journal } from '../../lambda/events/journal.ts';
import type { Invoke } from '../../lambda/invoke.ts';
import type { Resolve } from '../../template/resolver.ts';
import { bucketsOf } from '../buckets.ts';
import type { S3 } from '../engine.ts';
import { currentCall } from '../passing.ts';
import { seedObjectsOf } from '../seeds.ts';
import type { Notification } from '../types.ts';
import { objectEvent } from './objectEvent.ts';

interface Deps {
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
  { resolve, invoke, region, destinations, journal }: Deps,
) => {
  const functions = Object.values(serverless.service.functions);
  const seeds = seedObjectsOf(serverless, resolve);
  const queues = new Map<string, ReturnType<typeof createAsynchronous>>();
  const queueOf = (functionName: string) => {
    const definition = functions.find(({ name }) => name === functionName);
    const retries = definition?.maximumRetryAttempts ?? 2;
    const onFailure = failureQueueOf(definition?.destinations, resolve, { ...destinations, functionName });
    const queue =
      queues.get(functionName) ??
      createAsynchronous({ invoke, functionName, source: 'S3', retries, onFailure, journal });
    queues.set(functionName, queue);
    return queue;
  };
  for (const { bucket, notifications } of bucketsOf(serverless, resolve)) {
    for (const notification of notifications) {
      const { send } = queueOf(notification.functionName);
      s3.onObjectCreated((object) => {
        if (object.bucket === bucket.name && concerns(notification, object.key))
          send(objectEvent(object, region), currentCall());
      });
    }
    await s3.addBucket(bucket, seeds.get(bucket.name)); // when somebody listens: no upload goes unheard
  }
  return [...queues.values()];
};
