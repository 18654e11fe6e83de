import { join } from 'node:path';
import { type Destinations, onFailureOf } from '../../lambda/events/deadLetters.ts';
import type { EventSource } from '../../lambda/events/source.ts';
import type { Invoke } from '../../lambda/invoke.ts';
import type { Dynamodb } from '../engine/engine.ts';
import { createStreamsApi } from './api.ts';
import { type StreamMapping, streamMappingsOf } from './mappings.ts';
import { startStreamPoller } from './poller.ts';
import { startTrimming } from './trimming.ts';
import type { Writers } from './writers.ts';

interface StreamSourceOptions {
  /** Where consumers keep how far they have got. */
  readonly folder: string;
  /** Whose records are removed when all consumers have passed them; only where all of them run in this process. */
  readonly trimmed?: Promise<Pick<Dynamodb, 'file'>> | undefined;
  readonly writers: Writers;
}

/** Delivers tables' changes. */
export const createStreamSource = (
  { folder, trimmed, writers }: StreamSourceOptions,
  destinations: Destinations,
): EventSource => {
  const streams: { mapping: StreamMapping; invoke: Invoke; onFailure: (record: object) => Promise<void> }[] = [];
  return {
    prepare: ({ serverless, resolve, invoke }) => {
      for (const mapping of streamMappingsOf(serverless, resolve)) {
        const { functionName } = mapping;
        const onFailure = onFailureOf(mapping.destinations, resolve, { ...destinations, functionName });
        writers.watch(mapping.table);
        streams.push({ mapping, invoke, onFailure });
      }
    },
    start: async () => {
      const { log } = destinations;
      const api = createStreamsApi(process.env['AWS_ENDPOINT_URL_DYNAMODB'] ?? '');
      const pollers = streams.map(({ mapping, invoke, onFailure }) => {
        const checkpointFile = join(folder, `${mapping.functionName}.json`);
        return startStreamPoller(mapping, { invoke, onFailure, api, checkpointFile, writerOf: writers.writerOf, log });
      });
      const file = (await trimmed)?.file;
      const stopTrimming = file ? [startTrimming({ file, consumers: pollers, log })] : [];
      return [...stopTrimming, ...pollers.map(({ stop }) => stop)];
    },
  };
};
