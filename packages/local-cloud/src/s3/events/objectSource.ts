import type { createAsynchronous } from '../../lambda/events/asynchronously.ts';
import type { Destinations } from '../../lambda/events/deadLetters.ts';
import { type Journal, openJournal } from '../../lambda/events/journal.ts';
import type { EventSource } from '../../lambda/events/source.ts';
import type { S3 } from '../engine.ts';
import { prepareObjectEvents } from './objectEvents.ts';

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
