import { startBuild, startEngine } from './background.ts';
import { createClient } from './client.ts';
import { httpApiPolicy } from './cors.ts';
import { openDataFolder } from './dataFolder.ts';
import { thisMachine } from './engines/machine.ts';
import { createGateway } from './gateway/gateway.ts';
import type { Listing } from './gateway/page.ts';
import { assertDisjoint, prefixesOf } from './gateway/routes.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { Options } from './options.ts';
import { describeTaken, host, takenPorts } from './portCheck.ts';
import { namedPorts, planPorts } from './ports.ts';
import { startReloading } from './reload/reload.ts';
import type { Report } from './report.ts';
import { type Running, runServices } from './runServices.ts';
import { superviseWorkers } from './serverless/workers.ts';
import { findServices } from './services.ts';
import { startSweeping } from './sweep.ts';

const say = (message: string) => void process.stdout.write(`${message}\n`);
const urlOf = (port: number | undefined) => `http://${host}:${port}`;
const sayCrash = (name: string, error: unknown) =>
  say(`The function ${name} crashed.\n${(error as Error).stack ?? String(error)}`);

/** The services to run and the ports for them. Throws, naming each, when a port is taken. */
const plan = async (options: Options, hasEndpoint: boolean) => {
  const services = findServices(options.root);
  const ports = planPorts(
    services.map(({ name }) => name),
    options.portBase,
  );
  const needed = namedPorts(ports).filter(({ port }) => !(hasEndpoint && port === ports.dynamodb));
  const taken = await takenPorts(needed);
  if (taken.length > 0) throw new Error(describeTaken(taken));
  return { services, ports };
};

/** Runs the whole cloud in this process. Resolves when all is ready; throws what kept it from that. */
export const runCloud = async (
  options: Options,
  { lifecycle, startedAt }: { lifecycle: Lifecycle; startedAt: number },
): Promise<Report> => {
  const { root, data, fresh } = options;
  const machine = thisMachine(process.env);
  const { services, ports } = await plan(options, machine.endpoint !== undefined);
  const gateway = createGateway();
  await gateway.listen(ports.gateway);
  lifecycle.atEnd(gateway.close);

  const folder = await openDataFolder(data, { fresh, port: ports.gateway });
  lifecycle.atEnd(folder.release);
  const dynamodb = startEngine(machine, { folder, port: ports.dynamodb, lifecycle });
  const build = startBuild(services, { root, folder, lifecycle });

  superviseWorkers(sayCrash);
  const running: Running[] = [];
  const listings: Listing[] = [];
  const started = (each: Running) => {
    const listing = {
      name: each.service.name,
      url: urlOf(ports.services[each.service.name]?.http),
      paths: prefixesOf(each.serverless),
    };
    running.push(each);
    listings.push(listing);
    assertDisjoint(new Map(listings.map(({ name, paths }) => [name, paths])));
    gateway.add(listing.name, { ...listing, cors: httpApiPolicy(each.serverless.service.provider.httpApi?.cors) });
  };
  const expiring = await runServices(services, { root, ports, dynamodb, build, warn: say, started });
  Error.stackTraceLimit = 20; // the framework sets it to infinity

  const engine = await dynamodb;
  const client = await createClient(engine.endpoint);
  lifecycle.atEnd(startSweeping(client, expiring, { seconds: options.sweepSeconds, warn: say }));
  lifecycle.atEnd(
    startReloading({ root, services, running: running.map(({ serverless }) => serverless), build: await build, say }),
  );
  gateway.complete(listings);
  const { endpoint, label } = engine;
  return {
    gateway: urlOf(ports.gateway),
    services: listings,
    dynamodb: { endpoint, label },
    data,
    milliseconds: Date.now() - startedAt,
  };
};
