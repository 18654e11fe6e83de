import type { S3 } from '../engines/s3.ts';
import type { createAsynchronous } from './asynchronously.ts';
import type { Destinations } from './deadLetters.ts';
import { type Journal, openJournal } from './journal.ts';
import { prepareObjectEvents } from './objectEvents.ts';
import type { EventSource } from './source.ts';

/** Makes services' buckets, and tells functions of objects. What is on its way to them is kept in `journalFile`. */
export const createObjectSource = (
  s3: Promise<S3> | undefined,
  journalFile: string,
  destinations: Destinations,
): EventSource => {
  const queues: ReturnType<typeof createAsynchronous>[] = [];
  let journal: Journal | undefined;
  return {
    prepare: async ({ serverless, ...means }) => {
      const engine = await s3;
      if (!engine?.isOwn) return; // whoever runs it tells of its objects
      journal ??= openJournal(journalFile);
      queues.push(...(await prepareObjectEvents(engine, serverless, { ...means, destinations, journal })));
    },
    start: () => {
      for (const queue of queues) queue.start();
      return queues.map(({ stop }) => stop);
    },
  };
};
