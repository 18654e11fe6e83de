import { createApi } from '../../../src/apigateway/http/api.ts';
import { createApiServer } from '../../../src/apigateway/http/apiServer.ts';
import type { FunctionEvent, HttpApiCors, Resources } from '../../../src/framework/types.ts';
import { createGateway } from '../../../src/gateway/gateway.ts';
import { createGuard } from '../../../src/guard/guard.ts';
import type { Outcome } from '../../../src/lambda/functions/outcome.ts';
import { host } from '../../../src/process/portCheck.ts';
import { freePort } from './freePort.ts';

export interface FakeService {
  readonly events: readonly FunctionEvent[];
  readonly cors?: HttpApiCors;
  readonly resources?: Resources;
  /** What the function does; by default it returns its event as the body of a 200. */
  readonly invoke?: (event: string) => Promise<Outcome>;
}

const echo = async (event: string): Promise<Outcome> => ({ payload: JSON.stringify({ statusCode: 200, body: event }) });
const guard = createGuard();

/** A service of one function behind the real API, gateway and port. */
export const startService = async ({ events, cors, resources = {}, invoke = echo }: FakeService) => {
  const provider = { stage: 'dev', ...(cors && { httpApi: { cors } }) };
  const service = { service: 'notes', provider, functions: { run: { name: 'notes-dev-run', events } } };
  const api = createApi({ service }, { invoke: (_name, event) => invoke(event) });
  const log = () => {};
  const server = createApiServer(api, { guard, resources, log });
  const gateway = createGateway({ guard, log });
  const [ownPort, gatewayPort] = [await freePort(), await freePort()];
  await Promise.all([server.listen(ownPort), gateway.listen(gatewayPort)]);
  return {
    api,
    gateway,
    port: gatewayPort,
    ownPort,
    origin: `http://${host}:${gatewayPort}`,
    own: `http://${host}:${ownPort}`,
    /** From now on the gateway knows the service. */
    join: () => {
      gateway.add('notes', { api, paths: ['/notes'] });
      gateway.complete([]);
    },
    stop: async () => {
      await Promise.all([server.close(), gateway.close()]);
    },
  };
};
