import { basename, resolve } from 'node:path';
import { createClient } from '../client.ts';
import { applyAwsEnvironment } from '../environment.ts';
import { hasWebsocket } from '../gateway/routes.ts';
import { readOptions } from '../options.ts';
import { describeTaken, takenPorts } from '../portCheck.ts';
import { planPorts } from '../ports.ts';
import { addFunctionEnvironment } from '../serverless/adopt.ts';
import { correctServer } from '../serverless/correctServer.ts';
import { restrainServerlessDynamodb } from '../serverless/dynamodbPlugin.ts';
import type { Serverless } from '../serverless/types.ts';
import { superviseWorkers } from '../serverless/workers.ts';
import { findServices } from '../services.ts';
import { startSweeping } from '../sweep.ts';
import { prepareTables } from '../tables.ts';
import { findOrStartDynamodb } from './dynamodb.ts';
import { runEventSources } from './eventSources.ts';

/** What may be given on serverless-offline's command line, over our ports. */
export interface CliOptions {
  readonly httpPort?: number | string;
  readonly lambdaPort?: number | string;
  readonly websocketPort?: number | string;
}

const offline = 'serverless-offline';
const say = (message: string) => void process.stderr.write(`${message}\n`);

const planOf = ({ serviceDir }: Serverless) => {
  const root = resolve(serviceDir, '../..');
  const options = readOptions(['--root', root], process.env);
  const services = findServices(root).map(({ name }) => name);
  return { options, name: basename(serviceDir), ports: planPorts(services, options.portBase) };
};

/** The ports that serverless-offline will listen on: the command line's, else those that `claimPorts` chose. */
const listeningPorts = ({ service: { custom } }: Serverless, cli: CliOptions) => {
  const chosen: CliOptions = custom?.[offline] ?? {};
  return {
    http: Number(cli.httpPort ?? chosen.httpPort),
    lambda: Number(cli.lambdaPort ?? chosen.lambdaPort),
    websocket: Number(cli.websocketPort ?? chosen.websocketPort),
  };
};

/**
 * Before anything else is started: gives the service its port, as `npm start` does, and refuses, saying who should be
 * asked, when that is taken. Here, as other plugins' watchers would keep a process alive that fails later.
 */
export const claimPorts = async (serverless: Serverless, cli: CliOptions) => {
  restrainServerlessDynamodb(serverless);
  const { name, ports } = planOf(serverless);
  const { custom = {} } = serverless.service;
  const { http, websocket, lambda } = ports.services[name] ?? {};
  const chosen = { httpPort: http, websocketPort: websocket, lambdaPort: lambda, ...custom[offline] };
  serverless.service.custom = { ...custom, [offline]: chosen };
  const listening = listeningPorts(serverless, cli);
  const taken = await takenPorts([
    { port: listening.http, purpose: name },
    { port: listening.lambda, purpose: `the invoke endpoint of ${name}` },
    ...(hasWebsocket(serverless) ? [{ port: listening.websocket, purpose: `the WebSocket of ${name}` }] : []),
  ]);
  if (taken.length === 0) return;
  throw new serverless.classes.Error(`${describeTaken(taken)}\nIf npm start is running, ${name} is running already.`);
};

/** Everything else that a service needs to run by itself, before serverless-offline starts it. */
export const runAlone = async (serverless: Serverless, cli: CliOptions) => {
  const { options, ports } = planOf(serverless);
  const { endpoint, label } = await findOrStartDynamodb({ port: ports.dynamodb, data: options.data });
  say(`DynamoDB: ${endpoint}, ${label}`);
  applyAwsEnvironment(endpoint);
  addFunctionEnvironment(serverless);
  const client = await createClient(endpoint);
  const expiring = await prepareTables(serverless, { client, endpoint, warn: say });
  superviseWorkers((name, error) => say(`The function ${name} crashed.\n${(error as Error).stack ?? String(error)}`));
  await runEventSources(serverless, {
    options,
    ports: listeningPorts(serverless, cli),
    s3Port: ports.s3,
    sqsPort: ports.sqs,
    say,
  });
  await correctServer(serverless);
  startSweeping(client, expiring, { seconds: options.sweepSeconds, warn: say });
};
