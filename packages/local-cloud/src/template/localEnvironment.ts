import type { Serverless } from '../framework/types.ts';
import type { Resolve } from './resolver.ts';

type Environment = Record<string, unknown>;

/** The framework's name for a service's WebSocket API. */
const websocketApi = /"WebsocketsApi"|\$\{WebsocketsApi[.}]/;

/**
 * Puts into functions' environments what CloudFormation would: queue URLs, ARNs, names. A variable made of the WebSocket
 * API's id is where its connections are posted to, here the service's own WebSocket port.
 */
export const localEnvironment = (
  { service: { provider, functions } }: Serverless,
  { resolve, websocket }: { resolve: Resolve; websocket: string },
) => {
  const localise = (environment: Environment): Environment =>
    Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [
        name,
        websocketApi.test(JSON.stringify(value) ?? '') ? websocket : resolve(value),
      ]),
    );
  provider.environment = localise(provider.environment ?? {});
  for (const each of Object.values(functions)) if (each.environment) each.environment = localise(each.environment);
};
