import type { Build } from './build.ts';
import { createClient } from './client.ts';
import type { Dynamodb } from './engines/dynamodb.ts';
import { applyAwsEnvironment } from './environment.ts';
import { host } from './portCheck.ts';
import type { PortPlan, ServicePorts } from './ports.ts';
import { quietly } from './quiet.ts';
import { addFunctionEnvironment, useBuild } from './serverless/adopt.ts';
import { createCli } from './serverless/cli.ts';
import { correctServer } from './serverless/correctServer.ts';
import { hosting } from './serverless/hosting.ts';
import type { Serverless } from './serverless/types.ts';
import type { Service } from './services.ts';
import { prepareTables, type TtlTable } from './tables.ts';

export interface Running {
  readonly service: Service;
  readonly serverless: Serverless;
}

export interface Surroundings {
  readonly root: string;
  readonly ports: PortPlan;
  readonly dynamodb: Promise<Dynamodb>;
  readonly build: Promise<Build>;
  readonly warn: (message: string) => void;
  /** What else a service needs before it starts. */
  readonly prepare: (serverless: Serverless, ports: ServicePorts) => Promise<void>;
  readonly started: (running: Running) => void;
}

/** Starts the services one after another; resolves to the tables that must be swept. Throws naming the service that did not start. */
export const runServices = async (services: readonly Service[], surroundings: Surroundings): Promise<TtlTable[]> => {
  const { root, build, warn, started } = surroundings;
  const expiring: TtlTable[] = [];
  process.env['SLS_LOG_LEVEL'] = 'warning';
  process.env['SLS_INTERACTIVE_SETUP_ENABLE'] = '0';
  const cli = createCli(root);
  hosting.active = true;

  for (const service of services) {
    const ports = surroundings.ports.services[service.name];
    const args = Object.entries({
      host,
      httpPort: ports?.http,
      lambdaPort: ports?.lambda,
      websocketPort: ports?.websocket,
    });
    const beforeInit = async (serverless: Serverless) => {
      const { endpoint } = await surroundings.dynamodb;
      applyAwsEnvironment(endpoint);
      addFunctionEnvironment(serverless);
      expiring.push(...(await prepareTables(serverless, { client: await createClient(endpoint), endpoint, warn })));
      if (ports) await surroundings.prepare(serverless, ports);
      await correctServer(serverless);
    };
    try {
      const serverless = await quietly(() =>
        cli(
          service,
          args.flatMap(([name, value]) => [`--${name}`, String(value)]),
          async (each) => {
            useBuild(each, build, (await build).folderOf(service));
            await beforeInit(each);
          },
        ),
      );
      started({ service, serverless });
    } catch (error) {
      throw new Error(`${service.name} could not be started.\n${(error as Error).message}`, { cause: error });
    }
  }
  return expiring;
};
