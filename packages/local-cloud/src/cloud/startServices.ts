import { createPublicLinks } from '../api/publicLinks.ts';
import type { Build } from '../build.ts';
import { createClient } from '../client.ts';
import type { Dynamodb } from '../engines/dynamodb.ts';
import type { S3 } from '../engines/s3.ts';
import { applyAwsEnvironment } from '../environment.ts';
import type { EventSources } from '../events/eventSources.ts';
import type { Functions } from '../functions/functions.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { assertDisjoint } from '../gateway/routes.ts';
import type { Guard } from '../guard/guard.ts';
import type { Lifecycle } from '../lifecycle.ts';
import type { Options } from '../options.ts';
import { quietly } from '../quiet.ts';
import { createLoader } from '../serverless/cli.ts';
import { functionDefinitions } from '../serverless/definitions.ts';
import type { Service } from '../services.ts';
import { prepareTables, type TtlTable } from '../tables.ts';
import { endWith } from './endings.ts';
import type { Plan } from './plan.ts';
import { type RunningService, startService } from './startService.ts';

export interface StartOptions {
  readonly plan: Plan;
  readonly options: Options;
  readonly engines: {
    readonly dynamodb: Promise<Dynamodb>;
    readonly s3: Promise<S3> | undefined;
    readonly build: Promise<Build>;
  };
  readonly eventSources: EventSources;
  readonly functions: Functions;
  readonly gateway: Gateway | undefined;
  readonly guard: Guard;
  readonly lifecycle: Lifecycle;
  readonly log: (message: string) => void;
}

/**
 * Starts the services one after another: loads what the framework makes of each, prepares its tables, queues and buckets,
 * and has it listen. Resolves to them, and to the tables whose rows expire. Throws naming the one that did not start.
 */
export const startServices = async (start: StartOptions) => {
  const { plan, options, engines, eventSources, functions, gateway, guard, lifecycle, log } = start;
  const { functionEnvironment: over, allowedHosts } = options;
  const load = createLoader(options.root, options.frameworkArgs);
  const running: RunningService[] = [];
  const expiring: TtlTable[] = [];

  const prepare = async (service: Service) => {
    const ports = plan.ports.services[service.name];
    if (!ports) throw new Error(`There is no port for ${service.name}.`);
    const serverless = await load(service);
    const { endpoint } = await engines.dynamodb;
    applyAwsEnvironment(endpoint);
    expiring.push(...(await prepareTables(serverless, { client: await createClient(endpoint), endpoint, warn: log })));
    const { endpoints, region } = await eventSources.prepare(serverless, ports);
    const codeFolder = (await engines.build).folderOf(service);
    for (const each of functionDefinitions(serverless, { codeFolder, endpoints, region, over })) functions.add(each);
    return { serverless, ports };
  };

  const startOne = async (service: Service) => {
    const { serverless, ports } = await prepare(service);
    const showLinks = createPublicLinks({ allowedHosts, endpoint: (await engines.s3)?.endpoint });
    const started = await startService(service.name, serverless, { ports, functions, guard, showLinks, log });
    running.push(started);
    for (const listener of started.listeners) endWith(lifecycle, listener);
    assertDisjoint(new Map(running.map(({ listing }) => [listing.name, listing.paths])));
    gateway?.add(service.name, { ...started, paths: started.listing.paths });
  };

  for (const service of plan.services)
    await quietly(() => startOne(service)).catch((error: Error) => {
      throw new Error(`${service.name} could not be started.\n${error.message}`, { cause: error });
    });
  Error.stackTraceLimit = 20; // the framework sets it to infinity
  return { listings: running.map(({ listing }) => listing), expiring };
};
