import { join } from 'node:path';
import { createEventSources } from '../events/eventSources.ts';
import { hasWebsocket } from '../gateway/routes.ts';
import type { Options } from '../options.ts';
import { waitUntilListening } from '../portCheck.ts';
import type { ServicePorts } from '../ports.ts';
import type { Serverless } from '../serverless/types.ts';
import { findOrStartS3 } from './s3.ts';
import { startOwnSqs } from './sqs.ts';

type Ports = Pick<ServicePorts, 'lambda' | 'websocket'>;

const longestStart = 60_000;

const declares = ({ service: { resources } }: Serverless, type: string) =>
  Object.values(resources?.Resources ?? {}).some(({ Type }) => Type === type);

/** Buckets, streams, queues, their consumers and schedules of a service that runs alone; these begin when its functions can be called. */
export const runEventSources = async (
  serverless: Serverless,
  {
    options,
    ports,
    s3Port,
    sqsPort,
    say,
  }: { options: Options; ports: Ports; s3Port: number; sqsPort: number; say: (message: string) => void },
) => {
  const { functionEnvironment, scheduleSeconds } = options;
  const sqs = declares(serverless, 'AWS::SQS::Queue') ? startOwnSqs(sqsPort) : undefined;
  const { data } = options;
  const s3 = declares(serverless, 'AWS::S3::Bucket') ? findOrStartS3({ port: s3Port, data }) : undefined;
  const eventSources = createEventSources({
    s3,
    sqs,
    streams: join(data, 'streams'),
    journal: join(data, 'events/journal.sqlite'),
    functionEnvironment,
    scheduleSeconds,
    say,
  });
  await eventSources.prepare(serverless, ports);
  const objects = await s3;
  if (objects) say(`S3: ${objects.endpoint}, ${objects.label}`);
  const engine = await sqs;
  if (engine) say(`SQS: ${engine.endpoint}, ${engine.label}`);
  if (hasWebsocket(serverless)) say(`WebSocket: ws://127.0.0.1:${ports.websocket}`);
  const begin = async () => {
    if (await waitUntilListening(ports.lambda, longestStart, new AbortController().signal)) await eventSources.start();
  };
  begin().catch((error: Error) => {
    say(error.message);
    process.exit(1);
  });
};
