import type { SQSClient } from '@aws-sdk/client-sqs';
import { localEnvironment } from '../cloudFormation/localEnvironment.ts';
import { createResolver } from '../cloudFormation/resolver.ts';
import { queueUrl } from '../cloudFormation/resources.ts';
import type { Sqs } from '../engines/sqs.ts';
import { createInvoke, type Invoke } from '../invoke.ts';
import { host } from '../portCheck.ts';
import { createQueues } from '../queues/createQueues.ts';
import { queueDefinitions } from '../queues/definitions.ts';
import { assertOneConsumerEach, type Mapping, mappingsOf } from '../queues/mappings.ts';
import type { Serverless } from '../serverless/types.ts';
import { startClock } from './clock.ts';
import { type Schedule, takeSchedules } from './schedules.ts';

export interface EventSourceOptions {
  /** Undefined where no service declares a queue. */
  readonly sqs: Promise<Sqs> | undefined;
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

/** What calls functions besides gateways: queues and the clock. `prepare` each service before it starts, then `start`. */
export const createEventSources = ({ sqs, functionEnvironment, scheduleSeconds, say }: EventSourceOptions) => {
  const queues: string[] = [];
  const mappings: { mapping: Mapping; invoke: Invoke }[] = [];
  const schedules: { schedule: Schedule; invoke: Invoke; region: string }[] = [];
  let client: SQSClient | undefined;

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
    queues.push(...definitions.map(({ name }) => name));
    mappings.push(...mappingsOf(serverless, resolve).map((mapping) => ({ mapping, invoke })));
    schedules.push(...takeSchedules(serverless).map((schedule) => ({ schedule, invoke, region })));
  };

  /** Throws when a queue has two consumers. Resolves to what stops it all. */
  const start = async (): Promise<() => void> => {
    assertOneConsumerEach(
      mappings.map(({ mapping }) => mapping),
      queues,
    );
    const stops = schedules.map(({ schedule, invoke, region }) =>
      startClock(schedule, { invoke, region, say, ...(scheduleSeconds && { seconds: scheduleSeconds }) }),
    );
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
