import { join } from 'node:path';
import type { Invoke } from '../invoke.ts';
import { createStreamsApi } from '../streams/api.ts';
import { type StreamMapping, streamMappingsOf } from '../streams/mappings.ts';
import { startStreamPoller } from '../streams/poller.ts';
import { type Destinations, onFailureOf } from './deadLetters.ts';
import type { EventSource } from './source.ts';

/** Delivers tables' changes. Its consumers keep in `folder` how far they have got. */
export const createStreamSource = (folder: string, destinations: Destinations): EventSource => {
  const streams: { mapping: StreamMapping; invoke: Invoke; onFailure: (record: object) => Promise<void> }[] = [];
  return {
    prepare: ({ serverless, resolve, invoke }) => {
      for (const mapping of streamMappingsOf(serverless, resolve)) {
        const { functionName } = mapping;
        const onFailure = onFailureOf(mapping.destinations, resolve, { ...destinations, functionName });
        streams.push({ mapping, invoke, onFailure });
      }
    },
    start: () => {
      const api = createStreamsApi(process.env['AWS_ENDPOINT_URL_DYNAMODB'] ?? '');
      return streams.map(({ mapping, invoke, onFailure }) => {
        const checkpointFile = join(folder, `${mapping.functionName}.json`);
        return startStreamPoller(mapping, { invoke, onFailure, api, checkpointFile, say: destinations.say });
      });
    },
  };
};
