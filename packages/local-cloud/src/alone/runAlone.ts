import { basename, resolve } from 'node:path';
import { createClient } from '../client.ts';
import { applyAwsEnvironment } from '../environment.ts';
import { readOptions } from '../options.ts';
import { describeTaken, host, takenPorts } from '../portCheck.ts';
import { type PortPlan, planPorts } from '../ports.ts';
import { addFunctionEnvironment } from '../serverless/adopt.ts';
import { correctServer } from '../serverless/correctServer.ts';
import type { Serverless } from '../serverless/types.ts';
import { superviseWorkers } from '../serverless/workers.ts';
import { findServices } from '../services.ts';
import { startSweeping } from '../sweep.ts';
import { prepareTables } from '../tables.ts';
import { findOrStartDynamodb } from './dynamodb.ts';

/** What may be given on serverless-offline's command line, over our ports. */
export interface CliOptions {
  readonly httpPort?: number | string;
  readonly lambdaPort?: number | string;
}

const offline = 'serverless-offline';
const say = (message: string) => void process.stderr.write(`${message}\n`);

const assignPorts = (serverless: Serverless, plan: PortPlan, name: string) => {
  const ports = plan.services[name];
  const { custom = {} } = serverless.service;
  const defaults = { httpPort: ports?.http, websocketPort: ports?.websocket, lambdaPort: ports?.lambda };
  serverless.service.custom = { ...custom, [offline]: { ...defaults, ...custom[offline] } };
  return serverless.service.custom[offline];
};

const assertPortsFree = async (name: string, http: number, lambda: number) => {
  const taken = await takenPorts([
    { port: http, purpose: name },
    { port: lambda, purpose: `the invoke endpoint of ${name}` },
  ]);
  if (taken.length > 0) throw new Error(`${describeTaken(taken)}\nIf npm start is running, it runs ${name} already.`);
};

/** Everything that a service needs to run by itself, before serverless-offline starts it. */
export const runAlone = async (serverless: Serverless, cli: CliOptions) => {
  const root = resolve(serverless.serviceDir, '../..');
  const name = basename(serverless.serviceDir);
  const options = readOptions(['--root', root], process.env);
  const plan = planPorts(
    findServices(root).map((service) => service.name),
    options.portBase,
  );
  const ports = assignPorts(serverless, plan, name);
  const http = Number(cli.httpPort ?? ports?.['httpPort']);
  await assertPortsFree(name, http, Number(cli.lambdaPort ?? ports?.['lambdaPort']));

  const { endpoint, label } = await findOrStartDynamodb({ port: plan.dynamodb, data: options.data });
  say(`DynamoDB: ${endpoint}, ${label}`);
  applyAwsEnvironment(endpoint);
  addFunctionEnvironment(serverless);
  const client = await createClient(endpoint);
  const expiring = await prepareTables(serverless, { client, endpoint, warn: say });
  superviseWorkers((crashed, error) =>
    say(`The function ${crashed} crashed.\n${(error as Error).stack ?? String(error)}`),
  );
  await correctServer(serverless);
  startSweeping(client, expiring, { seconds: options.sweepSeconds, warn: say });
  say(`${name}, alone: http://${host}:${http}`);
};
