import { join } from 'node:path';
import type { Listener } from '../api/listener.ts';
import { createPublicLinks } from '../api/publicLinks.ts';
import { createClient } from '../client.ts';
import { openDataFolder } from '../dataFolder.ts';
import { thisMachine } from '../engines/machine.ts';
import { applyAwsEnvironment } from '../environment.ts';
import { createEventSources } from '../events/eventSources.ts';
import { createFunctions } from '../functions/functions.ts';
import { createGateway } from '../gateway/gateway.ts';
import { assertDisjoint } from '../gateway/routes.ts';
import { createGuard } from '../guard/guard.ts';
import { createInvoke } from '../invoke.ts';
import type { Lifecycle } from '../lifecycle.ts';
import type { Options } from '../options.ts';
import { host } from '../portCheck.ts';
import { quietly } from '../quiet.ts';
import { startReloading } from '../reload/reload.ts';
import type { Report } from '../report.ts';
import { createLoader } from '../serverless/cli.ts';
import { functionDefinitions } from '../serverless/definitions.ts';
import type { Service } from '../services.ts';
import { startSweeping } from '../sweep.ts';
import { prepareTables, type TtlTable } from '../tables.ts';
import { startEngines } from './engines.ts';
import { givenEngines } from './givenEngines.ts';
import { assertPortsFree, planStart } from './plan.ts';
import { type RunningService, startService } from './startService.ts';

const log = (message: string) => void process.stdout.write(`${message}\n`);
const ofRunningCloud = 'of the local cloud that is running';

/** Has a server take no more requests at the end, and close once what it took is answered. */
const endWith = (lifecycle: Lifecycle, { stopTaking, close }: Pick<Listener, 'stopTaking' | 'close'>) => {
  lifecycle.atRefusal(stopTaking);
  lifecycle.atEnd(close);
};

/**
 * Runs the local cloud in this process: all services behind a gateway, or one alone (`only`), which then shares the engines
 * of a cloud that is up. Resolves when all is ready; throws what kept it from that.
 */
export const runCloud = async (
  options: Options,
  { lifecycle, startedAt }: { lifecycle: Lifecycle; startedAt: number },
): Promise<Report> => {
  const { root, data, functionEnvironment } = options;
  const guard = createGuard(options.allowedHosts);
  const machine = thisMachine(process.env);
  const plan = planStart(options);
  const given = await givenEngines(plan.ports, options, process.env);
  await assertPortsFree(plan, options, {
    dynamodb: !!given.dynamodb,
    s3: !!given.s3,
    sqs: !!given.sqs || given.ownSqs,
  });

  const ownData = given.besideCloud ? join(data, 'alone', options.only ?? '') : data;
  const folder = await openDataFolder(ownData, { fresh: options.fresh, port: plan.ports.gateway });
  lifecycle.atEnd(folder.release);
  const gateway = options.only === undefined ? createGateway({ guard, log }) : undefined;
  await gateway?.listen(plan.ports.gateway);
  if (gateway) endWith(lifecycle, gateway);
  const { dynamodb, s3, sqs, build } = startEngines(plan, { machine, given, folder, options, lifecycle, say: log });

  const functions = createFunctions(log);
  lifecycle.atEnd(functions.close);
  const eventSources = createEventSources({
    s3,
    sqs,
    dynamodb,
    invoke: createInvoke(functions),
    streams: folder.streams,
    trimmed: options.only === undefined ? dynamodb : undefined,
    journal: join(folder.events, 'journal.sqlite'),
    functionEnvironment,
    scheduleSeconds: options.scheduleSeconds,
    say: log,
  });
  const load = createLoader(root, options.frameworkArgs);
  const running: RunningService[] = [];
  const expiring: TtlTable[] = [];

  const start = async (service: Service) => {
    const serverless = await load(service);
    const { endpoint } = await dynamodb;
    const ports = plan.ports.services[service.name];
    if (!ports) throw new Error(`There is no port for ${service.name}.`);
    applyAwsEnvironment(endpoint);
    expiring.push(...(await prepareTables(serverless, { client: await createClient(endpoint), endpoint, warn: log })));
    const { endpoints, region } = await eventSources.prepare(serverless, ports);
    const codeFolder = (await build).folderOf(service);
    const definitions = functionDefinitions(serverless, { codeFolder, endpoints, region, over: functionEnvironment });
    for (const each of definitions) functions.add(each);
    const showLinks = createPublicLinks({ allowedHosts: options.allowedHosts, endpoint: (await s3)?.endpoint });
    const started = await startService(service.name, serverless, { ports, functions, guard, showLinks, log });
    running.push(started);
    for (const listener of started.listeners) endWith(lifecycle, listener);
    assertDisjoint(new Map(running.map(({ listing }) => [listing.name, listing.paths])));
    gateway?.add(service.name, { ...started, paths: started.listing.paths });
  };
  for (const service of plan.services) {
    await quietly(() => start(service)).catch((error: Error) => {
      throw new Error(`${service.name} could not be started.\n${error.message}`, { cause: error });
    });
  }
  Error.stackTraceLimit = 20; // the framework sets it to infinity

  const engine = await dynamodb;
  const client = await createClient(engine.endpoint);
  const stopEventSources = await eventSources.start();
  lifecycle.atEnd(startSweeping(client, expiring, { seconds: options.sweepSeconds, warn: log }));
  lifecycle.atEnd(
    startReloading({ root, services: plan.services, build: await build, reload: functions.reload, say: log }),
  );
  lifecycle.atDrain(() => Promise.all([stopEventSources(), functions.settled()]));
  const listings = running.map(({ listing }) => listing);
  gateway?.complete(listings);
  const [objectEngine, queueEngine] = [await s3, await sqs];
  return {
    gateway: gateway && `http://${host}:${plan.ports.gateway}`,
    services: listings,
    dynamodb: { endpoint: engine.endpoint, label: given.besideCloud ? ofRunningCloud : engine.label },
    ...(objectEngine && { s3: { endpoint: objectEngine.endpoint, label: objectEngine.label } }),
    ...(queueEngine && { sqs: { endpoint: queueEngine.endpoint, label: queueEngine.label } }),
    data: ownData,
    milliseconds: Date.now() - startedAt,
  };
};
