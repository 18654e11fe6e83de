import type { Resolve } from '../cloudFormation/resolver.ts';
import type { S3 } from '../engines/s3.ts';
import type { Invoke } from '../invoke.ts';
import { bucketsOf } from '../s3/buckets.ts';
import { objectEvent } from '../s3/objectEvent.ts';
import { seedObjectsOf } from '../s3/seeds.ts';
import type { Notification } from '../s3/types.ts';
import type { Serverless } from '../serverless/types.ts';
import { createAsynchronous } from './asynchronously.ts';
import { type Destinations, onFailureOf } from './deadLetters.ts';

interface Means {
  readonly resolve: Resolve;
  readonly invoke: Invoke;
  readonly region: string;
  readonly destinations: Destinations;
}

const concerns = ({ prefix, suffix }: Notification, key: string) => key.startsWith(prefix) && key.endsWith(suffix);

/** Makes a service's buckets, and delivers what they tell to its functions. Resolves to what stops it. */
export const startObjectEvents = async (
  s3: S3,
  serverless: Serverless,
  { resolve, invoke, region, destinations }: Means,
): Promise<() => void> => {
  const functions = Object.values(serverless.service.functions);
  const seeds = seedObjectsOf(serverless, resolve);
  const stops: (() => void)[] = [];
  for (const { bucket, notifications } of bucketsOf(serverless, resolve)) {
    await s3.addBucket(bucket, seeds.get(bucket.name));
    for (const notification of notifications) {
      const { functionName } = notification;
      const definition = functions.find(({ name }) => name === functionName);
      const retries = definition?.maximumRetryAttempts ?? 2;
      const onFailure = onFailureOf(definition?.destinations, resolve, { ...destinations, functionName });
      const { send, stop } = createAsynchronous({ invoke, functionName, retries, onFailure });
      stops.push(stop);
      s3.onObjectCreated((object) => {
        if (object.bucket === bucket.name && concerns(notification, object.key)) send(objectEvent(object, region));
      });
    }
  }
  return () => {
    for (const stop of stops) stop();
  };
};
