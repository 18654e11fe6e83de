import { createEventSources } from '../events/eventSources.ts';
import { hasWebsocket } from '../gateway/routes.ts';
import type { Options } from '../options.ts';
import { waitUntilListening } from '../portCheck.ts';
import type { ServicePorts } from '../ports.ts';
import type { Serverless } from '../serverless/types.ts';
import { startOwnSqs } from './sqs.ts';

type Ports = Pick<ServicePorts, 'lambda' | 'websocket'>;

const longestStart = 60_000;

const hasQueues = ({ service: { resources } }: Serverless) =>
  Object.values(resources?.Resources ?? {}).some(({ Type }) => Type === 'AWS::SQS::Queue');

/** Queues, their consumers and schedules of a service that runs alone; these begin when its functions can be called. */
export const runEventSources = async (
  serverless: Serverless,
  { options, ports, sqsPort, say }: { options: Options; ports: Ports; sqsPort: number; say: (message: string) => void },
) => {
  const { functionEnvironment, scheduleSeconds } = options;
  const sqs = hasQueues(serverless) ? startOwnSqs(sqsPort) : undefined;
  const eventSources = createEventSources({ sqs, functionEnvironment, scheduleSeconds, say });
  await eventSources.prepare(serverless, ports);
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
