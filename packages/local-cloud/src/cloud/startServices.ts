import { createPublicLinks } from '../apigateway/http/publicLinks.ts';
import { createClient } from '../dynamodb/client.ts';
import type { Dynamodb } from '../dynamodb/engine/engine.ts';
import { prepareTables, type TtlTable } from '../dynamodb/tables/tables.ts';
import { createLoader } from '../framework/cli.ts';
import type { Service } from '../framework/services.ts';
import type { Serverless } from '../framework/types.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { assertDisjoint } from '../gateway/routes.ts';
import type { Guard } from '../guard/guard.ts';
import { cloudKey } from '../identity/accessKeys.ts';
import type { Build } from '../lambda/build/build.ts';
import { functionDefinitions } from '../lambda/functions/definitions.ts';
import type { Functions } from '../lambda/functions/functions.ts';
import { applyAwsEnvironment } from '../process/environment.ts';
import type { Lifecycle } from '../process/lifecycle.ts';
import type { Options } from '../process/options.ts';
import type { ServicePorts } from '../process/ports.ts';
import { quietly } from '../process/quiet.ts';
import type { S3 } from '../s3/engine.ts';
import type { Ssm } from '../ssm/engine.ts';
import { endWith } from './endings.ts';
import type { EventSources } from './eventSources.ts';
import type { Knowledge } from './knowledge.ts';
import type { Plan } from './plan.ts';
import { type RunningService, startService } from './startService.ts';

export interface StartOptions {
  readonly plan: Plan;
  readonly options: Options;
  readonly engines: {
    readonly dynamodb: Promise<Dynamodb>;
    readonly s3: Promise<S3> | undefined;
    readonly ssm: Promise<Ssm> | undefined;
    readonly build: Promise<Build>;
  };
  readonly eventSources: EventSources;
  readonly functions: Functions;
  readonly gateway: Gateway | undefined;
  readonly guard: Guard;
  readonly knowledge: Knowledge;
  readonly lifecycle: Lifecycle;
  readonly log: (message: string) => void;
}

/** A service that the framework has loaded, with what it needs of the engines in place. */
interface Prepared extends Service {
  readonly serverless: Serverless;
  readonly ports: ServicePorts;
  readonly region: string;
  /** `AWS_ENDPOINT_URL_…` of the local engines. */
  readonly endpoints: Readonly<Record<string, string>>;
}

/** One after another: the framework knows one service at a time. Throws naming the one that failed. */
const forEach = async <S extends Service, T>(services: readonly S[], step: (service: S) => Promise<T>) => {
  const results: T[] = [];
  for (const service of services)
    results.push(
      await quietly(() => step(service)).catch((error: Error) => {
        throw new Error(`${service.name} could not be started.\n${error.message}`, { cause: error });
      }),
    );
  return results;
};

/**
 * Starts the services: loads what the framework makes of each and prepares its tables, queues and buckets, while the
 * functions are being built; then has each listen. Resolves to them, and to the tables whose rows expire. Throws naming the one that did not start.
 */
export const startServices = async (start: StartOptions) => {
  const { plan, options, engines, eventSources, functions, gateway, guard, knowledge, lifecycle, log } = start;
  const { functionEnvironment: over, allowedHosts } = options;
  const load = createLoader(options.root, options.frameworkArgs);
  const running: RunningService[] = [];
  const expiring: TtlTable[] = [];

  const prepare = async (service: Service): Promise<Prepared> => {
    const ports = plan.ports.services[service.name];
    if (!ports) throw new Error(`There is no port for ${service.name}.`);
    const serverless = await load(service);
    (await engines.ssm)?.declare(serverless);
    const { endpoint } = await engines.dynamodb;
    applyAwsEnvironment(endpoint, cloudKey);
    expiring.push(...(await prepareTables(serverless, { client: await createClient(endpoint), endpoint, warn: log })));
    const prepared = await eventSources.prepare(serverless, ports);
    knowledge.learn(serverless, { ...service, resolve: prepared.resolve });
    return { ...service, serverless, ports, ...prepared };
  };

  const startOne = async (service: Prepared) => {
    const { name, serverless, ports, endpoints, region } = service;
    const codeFolder = (await engines.build).folderOf(service);
    for (const each of functionDefinitions(serverless, { codeFolder, endpoints, region, over })) functions.add(each);
    const showLinks = createPublicLinks({ allowedHosts, endpoint: (await engines.s3)?.endpoint });
    const started = await startService(name, serverless, {
      ports,
      functions,
      guard,
      showLinks,
      gate: knowledge.gate,
      recorder: knowledge.recorder,
      log,
    });
    running.push(started);
    for (const listener of started.listeners) endWith(lifecycle, listener);
    assertDisjoint(new Map(running.map(({ listing }) => [listing.name, listing.paths])));
    gateway?.add(name, { ...started, paths: started.listing.paths });
  };

  await forEach(await forEach(plan.services, prepare), startOne);
  Error.stackTraceLimit = 20; // the framework sets it to infinity
  return { listings: running.map(({ listing }) => listing), expiring };
};
