import { join } from 'node:path';
import { startBuild, startEngine, startS3Engine, startSqsEngine } from './background.ts';
import { createClient } from './client.ts';
import { httpApiPolicy } from './cors.ts';
import { openDataFolder } from './dataFolder.ts';
import { thisMachine } from './engines/machine.ts';
import { credentials } from './environment.ts';
import { createEventSources } from './events/eventSources.ts';
import { createGateway } from './gateway/gateway.ts';
import type { Listing } from './gateway/page.ts';
import { assertDisjoint, hasWebsocket, prefixesOf } from './gateway/routes.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { Options } from './options.ts';
import { describeTaken, host, takenPorts } from './portCheck.ts';
import { namedPorts, planPorts } from './ports.ts';
import { startReloading } from './reload/reload.ts';
import type { Report } from './report.ts';
import { type Running, runServices } from './runServices.ts';
import { superviseWorkers } from './serverless/workers.ts';
import { findServices, mentions } from './services.ts';
import { startSweeping } from './sweep.ts';

const say = (message: string) => void process.stdout.write(`${message}\n`);
const urlOf = (port: number | undefined) => `http://${host}:${port}`;
const sayCrash = (name: string, error: unknown) =>
  say(`The function ${name} crashed.\n${(error as Error).stack ?? String(error)}`);

/** The services to run and the ports for them. Throws, naming each, when a port is taken. */
const plan = async (options: Options, given: { dynamodb: boolean; s3: boolean; sqs: boolean }) => {
  const services = findServices(options.root);
  const ports = planPorts(
    services.map(({ name }) => name),
    options.portBase,
  );
  const hasQueues = services.some((service) => mentions(service, 'AWS::SQS::Queue'));
  const hasBuckets = services.some((service) => mentions(service, 'AWS::S3::Bucket'));
  const websockets = services.filter((service) => mentions(service, 'websocket:')).map(({ name }) => name);
  const use = { s3: hasBuckets && !given.s3, sqs: hasQueues && !given.sqs, websockets };
  const needed = namedPorts(ports, use).filter(({ port }) => !(given.dynamodb && port === ports.dynamodb));
  const taken = await takenPorts(needed);
  if (taken.length > 0) throw new Error(describeTaken(taken));
  return { services, ports, hasBuckets, hasQueues };
};

/** Runs the whole cloud in this process. Resolves when all is ready; throws what kept it from that. */
export const runCloud = async (
  options: Options,
  { lifecycle, startedAt }: { lifecycle: Lifecycle; startedAt: number },
): Promise<Report> => {
  const { root, data, fresh } = options;
  const machine = thisMachine(process.env);
  const sqsEndpoint = process.env['AWS_ENDPOINT_URL_SQS'] || undefined;
  const s3Endpoint = process.env['AWS_ENDPOINT_URL_S3'] || undefined;
  const given = {
    dynamodb: machine.endpoint !== undefined,
    s3: s3Endpoint !== undefined,
    sqs: sqsEndpoint !== undefined,
  };
  const { services, ports, hasBuckets, hasQueues } = await plan(options, given);
  const gateway = createGateway();
  await gateway.listen(ports.gateway);
  lifecycle.atEnd(gateway.close);

  const folder = await openDataFolder(data, { fresh, port: ports.gateway });
  lifecycle.atEnd(folder.release);
  const dynamodb = startEngine(machine, { folder, port: ports.dynamodb, lifecycle });
  const sqs = hasQueues ? startSqsEngine({ port: ports.sqs, endpoint: sqsEndpoint, lifecycle }) : undefined;
  const s3 = hasBuckets
    ? startS3Engine({ port: ports.s3, endpoint: s3Endpoint, folder: folder.objects, credentials, lifecycle })
    : undefined;
  const build = startBuild(services, { root, folder, lifecycle });

  superviseWorkers(sayCrash);
  const { scheduleSeconds, functionEnvironment } = options;
  const eventSources = createEventSources({
    s3,
    sqs,
    streams: folder.streams,
    journal: join(folder.events, 'journal.sqlite'),
    functionEnvironment,
    scheduleSeconds,
    say,
  });
  const running: Running[] = [];
  const listings: Listing[] = [];
  const started = (each: Running) => {
    const own = ports.services[each.service.name];
    const listing = {
      name: each.service.name,
      url: urlOf(own?.http),
      websocket: hasWebsocket(each.serverless) ? urlOf(own?.websocket) : undefined,
      paths: prefixesOf(each.serverless),
    };
    running.push(each);
    listings.push(listing);
    assertDisjoint(new Map(listings.map(({ name, paths }) => [name, paths])));
    gateway.add(listing.name, { ...listing, cors: httpApiPolicy(each.serverless.service.provider.httpApi?.cors) });
  };
  const expiring = await runServices(services, {
    root,
    ports,
    dynamodb,
    build,
    warn: say,
    prepare: eventSources.prepare,
    started,
  });
  Error.stackTraceLimit = 20; // the framework sets it to infinity

  const engine = await dynamodb;
  const client = await createClient(engine.endpoint);
  lifecycle.atEnd(await eventSources.start());
  lifecycle.atEnd(startSweeping(client, expiring, { seconds: options.sweepSeconds, warn: say }));
  lifecycle.atEnd(
    startReloading({ root, services, running: running.map(({ serverless }) => serverless), build: await build, say }),
  );
  gateway.complete(listings);
  const { endpoint, label } = engine;
  const [objectEngine, queueEngine] = [await s3, await sqs];
  return {
    gateway: urlOf(ports.gateway),
    services: listings,
    dynamodb: { endpoint, label },
    ...(objectEngine && { s3: { endpoint: objectEngine.endpoint, label: objectEngine.label } }),
    ...(queueEngine && { sqs: { endpoint: queueEngine.endpoint, label: queueEngine.label } }),
    data,
    milliseconds: Date.now() - startedAt,
  };
};
