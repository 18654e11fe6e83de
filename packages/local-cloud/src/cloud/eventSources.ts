import type { Dynamodb } from '../dynamodb/engine/engine.ts';
import { createStreamSource } from '../dynamodb/streams/streamSource.ts';
import type { Writers } from '../dynamodb/streams/writers.ts';
import type { Serverless } from '../framework/types.ts';
import type { Stop } from '../lambda/events/source.ts';
import type { Invoke } from '../lambda/invoke.ts';
import { host } from '../process/portCheck.ts';
import type { ServicePorts } from '../process/ports.ts';
import type { S3 } from '../s3/engine.ts';
import { createObjectSource } from '../s3/events/objectSource.ts';
import { createClockSource } from '../schedules/clockSource.ts';
import type { Sqs } from '../sqs/engine.ts';
import type { OnHold } from '../sqs/queues/poller.ts';
import { createQueueSource } from '../sqs/queues/queueSource.ts';
import type { Ssm } from '../ssm/engine.ts';
import { localEnvironment } from '../template/localEnvironment.ts';
import { createResolver } from '../template/resolver.ts';

export interface EventSourceOptions {
  readonly dynamodb: Promise<Dynamodb>;
  readonly invoke: Invoke;
  /** Who wrote the rows that streams tell of. */
  readonly writers: Writers;
  /** Has somebody hear whether a queue is to be held. */
  readonly onHold: OnHold;
  /** Undefined where no service declares a bucket. */
  readonly s3: Promise<S3> | undefined;
  /** Undefined where no service declares a queue. */
  readonly sqs: Promise<Sqs> | undefined;
  /** Undefined where no service reads a secret. */
  readonly ssm: Promise<Pick<Ssm, 'endpoint'>> | undefined;
  /** The folder where the consumers of streams keep how far they have got. */
  readonly streams: string;
  /** The engine whose stream records are removed when all consumers have passed them: for who runs all services. */
  readonly trimmed?: Promise<Pick<Dynamodb, 'file'>> | undefined;
  /** The file with the events that are on their way to functions. */
  readonly journal: string;
  /** Variables that functions find in place of what they would. */
  readonly functionEnvironment: Readonly<Record<string, string>>;
  /** The period of all schedules, in place of their own. */
  readonly scheduleSeconds?: number | undefined;
  readonly log: (message: string) => void;
}

/** What calls functions besides gateways: queues, buckets, tables' streams and the clock. `prepare` each service before it starts, then `start`. */
export const createEventSources = (options: EventSourceOptions) => {
  const { s3, sqs, ssm, dynamodb, invoke, writers, onHold, functionEnvironment, log } = options;
  const queues = createQueueSource(sqs, { log, onHold });
  const destinations = { queues: queues.connection, log };
  const sources = [
    queues.source,
    createObjectSource(s3, options.journal, destinations),
    createStreamSource({ folder: options.streams, trimmed: options.trimmed, writers }, destinations),
    createClockSource(options.scheduleSeconds, log),
  ];

  /** Resolves to what the service's functions find the engines by, and to what resolves its template. */
  const prepare = async (serverless: Serverless, ports: Pick<ServicePorts, 'websocket'>) => {
    const { service } = serverless;
    const [tableEngine, queueEngine, objectEngine, parameterStore] = [await dynamodb, await sqs, await s3, await ssm];
    const region = service.provider.region ?? '';
    const sqsEndpoint = functionEnvironment['AWS_ENDPOINT_URL_SQS'] ?? queueEngine?.endpoint ?? '';
    const stackName = `${service.service}-${service.provider.stage}`;
    const resolve = createResolver(service.resources?.Resources ?? {}, { region, stackName, sqsEndpoint });
    const websocket = `http://${host}:${ports.websocket}`;
    localEnvironment(serverless, { resolve, websocket });
    for (const source of sources) await source.prepare({ serverless, resolve, invoke, region });
    const endpoints: Record<string, string> = {
      AWS_ENDPOINT_URL_DYNAMODB: tableEngine.endpoint,
      ...(queueEngine && { AWS_ENDPOINT_URL_SQS: queueEngine.endpoint }),
      ...(objectEngine && { AWS_ENDPOINT_URL_S3: objectEngine.endpoint }),
      ...(parameterStore && { AWS_ENDPOINT_URL_SSM: parameterStore.endpoint }),
    };
    return { endpoints, region, resolve };
  };

  /** Throws when a queue has two consumers. Resolves to what stops it all, and waits for what is running. */
  const start = async (): Promise<() => Promise<void>> => {
    const stops: Stop[] = [];
    for (const source of sources) stops.push(...(await source.start()));
    return async () => void (await Promise.all(stops.map(async (stop) => stop())));
  };
  return { prepare, start };
};

export type EventSources = ReturnType<typeof createEventSources>;
