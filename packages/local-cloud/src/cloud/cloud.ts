import { join } from 'node:path';
import { type DataFolder, openDataFolder } from '../data/dataFolder.ts';
import { createClient } from '../dynamodb/client.ts';
import { thisMachine } from '../dynamodb/engine/machine.ts';
import { createWriters, type Writers } from '../dynamodb/streams/writers.ts';
import { startSweeping } from '../dynamodb/sweep.ts';
import { createGateway } from '../gateway/gateway.ts';
import { createGuard } from '../guard/guard.ts';
import { createInspection } from '../inspection/inspection.ts';
import { createFunctions, type Functions } from '../lambda/functions/functions.ts';
import { createInvoke } from '../lambda/invoke.ts';
import type { Lifecycle } from '../process/lifecycle.ts';
import type { Options } from '../process/options.ts';
import { host } from '../process/portCheck.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { endWith } from './endings.ts';
import { type Engines, startEngines } from './engines.ts';
import { createEventSources } from './eventSources.ts';
import { type GivenEngines, givenEngines } from './givenEngines.ts';
import { createKnowledge, type Knowledge } from './knowledge.ts';
import { assertPortsFree, planStart } from './plan.ts';
import { startReloading } from './reload/reload.ts';
import type { Report } from './report.ts';
import { startServices } from './startServices.ts';
import { type Verdict, verdictOf } from './verdict.ts';

/** A service alone, beside a local cloud that has the data folder, keeps what is its own in a folder below. */
const folderFor = ({ data, alone }: Options, { besideCloud }: GivenEngines) =>
  besideCloud ? join(data, 'alone', alone ?? '') : data;

/** Whether all consumers run: what none of them has read yet must be kept for those that do not. */
const isWhole = ({ alone, only }: Options) => alone === undefined && only.length === 0;

interface Exporting {
  readonly lifecycle: Lifecycle;
  readonly log: (message: string) => void;
}

interface Means {
  readonly engines: Engines;
  readonly folder: DataFolder;
  readonly functions: Functions;
  readonly knowledge: Knowledge;
  readonly writers: Writers;
  readonly log: (message: string) => void;
}

const eventSourcesFor = (options: Options, { engines, folder, functions, knowledge, writers, log }: Means) =>
  createEventSources({
    ...engines,
    invoke: createInvoke(functions, knowledge.repeats),
    writers,
    onHold: knowledge.faults.onHold,
    streams: folder.streams,
    trimmed: isWhole(options) ? engines.dynamodb : undefined,
    journal: join(folder.events, 'journal.sqlite'),
    functionEnvironment: options.functionEnvironment,
    scheduleSeconds: options.scheduleSeconds,
    log,
  });

/** To the harness, whose child this process is. */
const sendRights = (rights: Verdict) =>
  new Promise<void>((resolve) => {
    if (!process.send) return resolve();
    process.send({ type: 'rights', rights }, () => resolve());
  });

const exportSpans = async (endpoint: string, { recorder }: Knowledge, { lifecycle, log }: Exporting) => {
  const { startExporter } = await import('../recorder/exporter.ts');
  const { stop } = startExporter({ endpoint, follow: recorder.follow, log });
  lifecycle.atEnd(stop);
};

const describeEngines = async ({ dynamodb, s3, sqs, ssm }: Engines, { besideCloud }: GivenEngines) => {
  const [tables, objects, queues, parameters] = [await dynamodb, await s3, await sqs, await ssm];
  return {
    dynamodb: {
      endpoint: tables.endpoint,
      label: besideCloud ? 'of the local cloud that is running' : tables.label,
    },
    ...(objects && { s3: { endpoint: objects.endpoint, label: objects.label } }),
    ...(queues && { sqs: { endpoint: queues.endpoint, label: queues.label } }),
    ...(parameters && { ssm: { endpoint: parameters.endpoint, label: parameters.label } }),
  };
};

/**
 * Runs the local cloud in this process: all services, or some of them (`only`), behind a gateway, or one `alone`, which then shares the engines
 * of a cloud that is up. Resolves when all is ready; throws what kept it from that.
 */
export const runCloud = async (
  options: Options,
  { lifecycle, terminal, startedAt }: { lifecycle: Lifecycle; terminal: Terminal; startedAt: number },
): Promise<Report> => {
  const log = (message: string) => terminal.say(message);
  const guard = createGuard(options.allowedHosts);
  const plan = planStart(options);
  const given = await givenEngines(plan.ports, options, process.env);
  await assertPortsFree(plan, options, given);

  const data = folderFor(options, given);
  const folder = await openDataFolder(data, { fresh: options.fresh, port: plan.ports.gateway });
  lifecycle.atEnd(folder.release);
  const knowledge = createKnowledge(options, log);
  terminal.attach(knowledge.recorder);
  if (options.otlp !== undefined) await exportSpans(options.otlp, knowledge, { lifecycle, log });
  const inspect = createInspection(knowledge);
  const gateway = options.alone === undefined ? createGateway({ guard, inspect, log }) : undefined;
  await gateway?.listen(plan.ports.gateway);
  if (gateway) endWith(lifecycle, gateway);
  const machine = thisMachine(process.env);
  const writers = createWriters();
  const { gate } = knowledge;
  const engines = startEngines(plan, { machine, given, folder, options, gate, writers, lifecycle, log });

  const functions = createFunctions(log, knowledge.watch);
  lifecycle.atEnd(functions.close);
  const eventSources = eventSourcesFor(options, { engines, folder, functions, knowledge, writers, log });
  const services = { plan, options, engines, eventSources, functions, gateway, guard, knowledge, lifecycle, log };
  const { listings, expiring } = await startServices(services);
  if (options.judgeRights) lifecycle.atEnd(() => sendRights(verdictOf(knowledge)));

  const stopEventSources = await eventSources.start();
  lifecycle.atDrain(() => Promise.all([stopEventSources(), functions.settled()]));
  const client = await createClient((await engines.dynamodb).endpoint);
  lifecycle.atEnd(startSweeping(client, expiring, { seconds: options.sweepSeconds, warn: log }));
  const watched = { root: options.root, services: plan.services, build: await engines.build };
  lifecycle.atEnd(startReloading({ ...watched, reload: functions.reload, log }));
  gate.started();
  gateway?.complete(listings);
  return {
    gateway: gateway && `http://${host}:${plan.ports.gateway}`,
    services: listings,
    ...(await describeEngines(engines, given)),
    data,
    milliseconds: Date.now() - startedAt,
  };
};
