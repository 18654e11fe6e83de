import { join } from 'node:path';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { localEnvironment } from '../cloudFormation/localEnvironment.ts';
import { createResolver } from '../cloudFormation/resolver.ts';
import { queueUrl } from '../cloudFormation/resources.ts';
import type { S3 } from '../engines/s3.ts';
import type { Sqs } from '../engines/sqs.ts';
import { createInvoke, type Invoke } from '../invoke.ts';
import { host } from '../portCheck.ts';
import { createQueues } from '../queues/createQueues.ts';
import { queueDefinitions } from '../queues/definitions.ts';
import { assertOneConsumerEach, type Mapping, mappingsOf } from '../queues/mappings.ts';
import type { Serverless } from '../serverless/types.ts';
import { createStreamsApi } from '../streams/api.ts';
import { type StreamMapping, streamMappingsOf } from '../streams/mappings.ts';
import { startStreamPoller } from '../streams/poller.ts';
import { startClock } from './clock.ts';
import { type Destinations, onFailureOf } from './deadLetters.ts';
import { startObjectEvents } from './objectEvents.ts';
import { type Schedule, takeSchedules } from './schedules.ts';

export interface EventSourceOptions {
  /** Undefined where no service declares a bucket. */
  readonly s3: Promise<S3> | undefined;
  /** Undefined where no service declares a queue. */
  readonly sqs: Promise<Sqs> | undefined;
  /** The folder where the consumers of streams keep how far they have got. */
  readonly streams: string;
  /** Variables that functions find in place of what they would. */
  readonly functionEnvironment: Readonly<Record<string, string>>;
  /** The period of all schedules, in place of their own. */
  readonly scheduleSeconds?: number | undefined;
  readonly say: (message: string) => void;
}

interface Listening {
  readonly lambda: number;
  readonly websocket: number;
}

const createClient = async (endpoint: string): Promise<SQSClient> => {
  const { SQSClient: Client } = await import('@aws-sdk/client-sqs');
  return new Client({ endpoint });
};

/** What calls functions besides gateways: queues, buckets, tables' streams and the clock. `prepare` each service before it starts, then `start`. */
export const createEventSources = (options: EventSourceOptions) => {
  const { s3, sqs, functionEnvironment, scheduleSeconds, say } = options;
  const queues: string[] = [];
  const mappings: { mapping: Mapping; invoke: Invoke }[] = [];
  const schedules: { schedule: Schedule; invoke: Invoke; region: string }[] = [];
  const streams: { mapping: StreamMapping; invoke: Invoke; onFailure: (record: object) => Promise<void> }[] = [];
  const stopping: (() => void)[] = [];
  let client: SQSClient | undefined;
  let failures: ReturnType<NonNullable<Destinations['queues']>>;
  const destinations: Destinations = { queues: () => failures, say };

  const prepare = async (serverless: Serverless, { lambda, websocket }: Listening) => {
    const { service } = serverless;
    const engine = await sqs;
    if (engine) process.env['AWS_ENDPOINT_URL_SQS'] = engine.endpoint; // serverless-offline hands on what begins with AWS_
    const region = process.env['AWS_REGION'] ?? '';
    const resources = service.resources?.Resources ?? {};
    const sqsEndpoint = functionEnvironment['AWS_ENDPOINT_URL_SQS'] ?? engine?.endpoint ?? '';
    const stackName = `${service.service}-${service.provider.stage}`;
    const resolve = createResolver(resources, { region, stackName, sqsEndpoint });
    localEnvironment(serverless, { resolve, websocket: `http://${host}:${websocket}`, over: functionEnvironment });

    const invoke = createInvoke(`http://${host}:${lambda}`);
    const definitions = queueDefinitions(resources, resolve);
    if (engine && definitions.length > 0)
      await createQueues((client ??= await createClient(engine.endpoint)), definitions);
    if (engine && client) failures = { client, endpoint: engine.endpoint };
    queues.push(...definitions.map(({ name }) => name));
    mappings.push(...mappingsOf(serverless, resolve).map((mapping) => ({ mapping, invoke })));
    const objects = await s3;
    if (objects) {
      process.env['AWS_ENDPOINT_URL_S3'] = objects.endpoint;
      stopping.push(await startObjectEvents(objects, serverless, { resolve, invoke, region, destinations }));
    }
    for (const mapping of streamMappingsOf(serverless, resolve)) {
      const { functionName } = mapping;
      const onFailure = onFailureOf(mapping.destinations, resolve, { ...destinations, functionName });
      streams.push({ mapping, invoke, onFailure });
    }
    schedules.push(...takeSchedules(serverless).map((schedule) => ({ schedule, invoke, region })));
  };

  /** Throws when a queue has two consumers. Resolves to what stops it all. */
  const start = async (): Promise<() => void> => {
    assertOneConsumerEach(
      mappings.map(({ mapping }) => mapping),
      queues,
    );
    const stops = [...stopping];
    const clocks = schedules.map(({ schedule, invoke, region }) =>
      startClock(schedule, { invoke, region, say, ...(scheduleSeconds && { seconds: scheduleSeconds }) }),
    );
    stops.push(...clocks);
    const api = createStreamsApi(process.env['AWS_ENDPOINT_URL_DYNAMODB'] ?? '');
    for (const each of streams) {
      const checkpointFile = join(options.streams, `${each.mapping.functionName}.json`);
      stops.push(startStreamPoller(each.mapping, { ...each, api, checkpointFile, say }));
    }
    const engine = await sqs;
    if (engine && client && mappings.length > 0) {
      const { startPoller } = await import('../queues/poller.ts');
      for (const { mapping, invoke } of mappings)
        stops.push(startPoller(mapping, { client, queueUrl: queueUrl(engine.endpoint, mapping.queue), invoke, say }));
    }
    return () => {
      for (const stop of stops) stop();
    };
  };
  return { prepare, start };
};
