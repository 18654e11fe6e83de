import { join } from 'node:path';
import { createClient } from '../client.ts';
import { type DataFolder, openDataFolder } from '../dataFolder.ts';
import { thisMachine } from '../engines/machine.ts';
import { createEventSources } from '../events/eventSources.ts';
import { createFunctions, type Functions } from '../functions/functions.ts';
import { createGateway } from '../gateway/gateway.ts';
import { createGuard } from '../guard/guard.ts';
import { createInvoke } from '../invoke.ts';
import type { Lifecycle } from '../lifecycle.ts';
import type { Options } from '../options.ts';
import { host } from '../portCheck.ts';
import { startReloading } from '../reload/reload.ts';
import type { Report } from '../report.ts';
import { startSweeping } from '../sweep.ts';
import { endWith } from './endings.ts';
import { type Engines, startEngines } from './engines.ts';
import { type GivenEngines, givenEngines } from './givenEngines.ts';
import { assertPortsFree, planStart } from './plan.ts';
import { startServices } from './startServices.ts';

const log = (message: string) => void process.stdout.write(`${message}\n`);

/** A service alone, beside a local cloud that has the data folder, keeps what is its own in a folder below. */
const folderFor = ({ data, only }: Options, { besideCloud }: GivenEngines) =>
  besideCloud ? join(data, 'alone', only ?? '') : data;

const eventSourcesFor = (options: Options, engines: Engines, folder: DataFolder, functions: Functions) =>
  createEventSources({
    ...engines,
    invoke: createInvoke(functions),
    streams: folder.streams,
    trimmed: options.only === undefined ? engines.dynamodb : undefined,
    journal: join(folder.events, 'journal.sqlite'),
    functionEnvironment: options.functionEnvironment,
    scheduleSeconds: options.scheduleSeconds,
    say: log,
  });

const describeEngines = async ({ dynamodb, s3, sqs }: Engines, { besideCloud }: GivenEngines) => {
  const [tables, objects, queues] = [await dynamodb, await s3, await sqs];
  return {
    dynamodb: {
      endpoint: tables.endpoint,
      label: besideCloud ? 'of the local cloud that is running' : tables.label,
    },
    ...(objects && { s3: { endpoint: objects.endpoint, label: objects.label } }),
    ...(queues && { sqs: { endpoint: queues.endpoint, label: queues.label } }),
  };
};

/**
 * Runs the local cloud in this process: all services behind a gateway, or one alone (`only`), which then shares the engines
 * of a cloud that is up. Resolves when all is ready; throws what kept it from that.
 */
export const runCloud = async (
  options: Options,
  { lifecycle, startedAt }: { lifecycle: Lifecycle; startedAt: number },
): Promise<Report> => {
  const guard = createGuard(options.allowedHosts);
  const plan = planStart(options);
  const given = await givenEngines(plan.ports, options, process.env);
  await assertPortsFree(plan, options, given);

  const data = folderFor(options, given);
  const folder = await openDataFolder(data, { fresh: options.fresh, port: plan.ports.gateway });
  lifecycle.atEnd(folder.release);
  const gateway = options.only === undefined ? createGateway({ guard, log }) : undefined;
  await gateway?.listen(plan.ports.gateway);
  if (gateway) endWith(lifecycle, gateway);
  const machine = thisMachine(process.env);
  const engines = startEngines(plan, { machine, given, folder, options, lifecycle, say: log });

  const functions = createFunctions(log);
  lifecycle.atEnd(functions.close);
  const eventSources = eventSourcesFor(options, engines, folder, functions);
  const services = { plan, options, engines, eventSources, functions, gateway, guard, lifecycle, log };
  const { listings, expiring } = await startServices(services);

  const stopEventSources = await eventSources.start();
  lifecycle.atDrain(() => Promise.all([stopEventSources(), functions.settled()]));
  const client = await createClient((await engines.dynamodb).endpoint);
  lifecycle.atEnd(startSweeping(client, expiring, { seconds: options.sweepSeconds, warn: log }));
  const watched = { root: options.root, services: plan.services, build: await engines.build };
  lifecycle.atEnd(startReloading({ ...watched, reload: functions.reload, say: log }));
  gateway?.complete(listings);
  return {
    gateway: gateway && `http://${host}:${plan.ports.gateway}`,
    services: listings,
    ...(await describeEngines(engines, given)),
    data,
    milliseconds: Date.now() - startedAt,
  };
};
