import type { SQSClient } from '@aws-sdk/client-sqs';
import type { EventSource } from '../../lambda/events/source.ts';
import type { Invoke } from '../../lambda/invoke.ts';
import { queueUrl } from '../../template/resources.ts';
import type { Sqs } from '../engine.ts';
import { createQueueClient } from './client.ts';
import { createQueues } from './createQueues.ts';
import { queueDefinitions } from './definitions.ts';
import { assertOneConsumerEach, type Mapping, mappingsOf } from './mappings.ts';
import type { OnHold } from './poller.ts';

/** Makes services' queues, and delivers their messages. `start` throws when a queue has two consumers. */
export const createQueueSource = (
  sqs: Promise<Sqs> | undefined,
  { log, onHold }: { log: (message: string) => void; onHold?: OnHold },
) => {
  const queues: string[] = [];
  const mappings: { mapping: Mapping; invoke: Invoke }[] = [];
  let connected: { client: SQSClient; endpoint: string } | undefined;

  const source: EventSource = {
    prepare: async ({ serverless, resolve, invoke }) => {
      const definitions = queueDefinitions(serverless.service.resources?.Resources ?? {}, resolve);
      const engine = await sqs;
      if (engine && definitions.length > 0) {
        connected ??= { client: await createQueueClient(engine.endpoint), endpoint: engine.endpoint };
        await createQueues(connected.client, definitions, log);
      }
      queues.push(...definitions.map(({ name }) => name));
      mappings.push(...mappingsOf(serverless, resolve).map((mapping) => ({ mapping, invoke })));
    },
    start: async () => {
      assertOneConsumerEach(
        mappings.map(({ mapping }) => mapping),
        queues,
      );
      if (!connected || mappings.length === 0) return [];
      const { client, endpoint } = connected;
      const { startPoller } = await import('./poller.ts');
      return mappings.map(({ mapping, invoke }) =>
        startPoller(mapping, {
          client,
          queueUrl: queueUrl(endpoint, mapping.queue),
          invoke,
          log,
          ...(onHold && { onHold }),
        }),
      );
    },
  };
  return { source, /** Where failures may be sent, once there is a queue. */ connection: () => connected };
};
