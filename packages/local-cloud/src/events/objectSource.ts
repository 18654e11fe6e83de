import type { S3 } from '../engines/s3.ts';
import type { Destinations } from './deadLetters.ts';
import { startObjectEvents } from './objectEvents.ts';
import type { EventSource } from './source.ts';

/** Makes services' buckets, and tells functions of objects, from the seeds on. */
export const createObjectSource = (s3: Promise<S3> | undefined, destinations: Destinations): EventSource => {
  const stops: (() => void)[] = [];
  return {
    prepare: async ({ serverless, ...means }) => {
      const engine = await s3;
      if (engine) stops.push(await startObjectEvents(engine, serverless, { ...means, destinations }));
    },
    start: () => stops,
  };
};
