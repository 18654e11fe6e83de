import { once } from 'node:events';
import { Agent, createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { letPass } from '../time.ts';
import { type AwsRequest, readAwsRequest } from './awsRequest.ts';
import { answerFault, createActiveFault, type Fault } from './faults.ts';

const host = '127.0.0.1';

/**
 * Stands in front of an engine and passes everything on, but for the faults that are switched on. Its `url` is for the
 * environment of who is to be disturbed: AWS_ENDPOINT_URL_DYNAMODB, AWS_ENDPOINT_URL_SQS. As that is often known before
 * the engine's own, `pointAt` may come later; until then every connection is cut.
 */
export const startFaultProxy = async ({ target }: { target?: string } = {}) => {
  const agent = new Agent({ keepAlive: true });
  const counts = new Map<string, number>();
  const active = new Set<ReturnType<typeof createActiveFault>>();
  let engine = target;

  const pass = async (request: IncomingMessage, { body }: AwsRequest): Promise<IncomingMessage> => {
    if (!engine) throw new Error('The fault proxy points nowhere.');
    const { method, url = '/', headers } = request;
    const passed = httpRequest(new URL(url, engine), { method, headers, agent });
    passed.end(body);
    const [answer] = (await once(passed, 'response')) as [IncomingMessage];
    return answer;
  };
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const read = await readAwsRequest(request);
    counts.set(read.operation, (counts.get(read.operation) ?? 0) + 1);
    const { kind, milliseconds, meanwhile } = [...active].find((each) => each.hit(read))?.fault ?? {};
    if (kind === 'throttle' || kind === 'error') return answerFault(kind, read, response);
    if (kind === 'reset') {
      await meanwhile?.();
      return request.socket.destroy();
    }
    if (kind === 'delay') await letPass(milliseconds ?? 0, 'the engine is slow');
    const answer = await pass(request, read);
    if (kind === 'lose') {
      await once(answer.resume(), 'end');
      await meanwhile?.();
      return request.socket.destroy();
    }
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    return answer.pipe(response);
  };

  const server = createServer((request, response) => {
    handle(request, response).catch(() => request.socket.destroy());
  });
  const listen = async (port: number) => {
    await once(server.listen(port, host), 'listening');
    return (server.address() as AddressInfo).port;
  };
  const close = async () => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  const port = await listen(0);

  return {
    url: `http://${host}:${port}`,
    pointAt: (endpoint: string) => {
      engine = endpoint;
    },
    /** Switches a fault on. Where several hit a request, the first that was switched on does. */
    add: (fault: Fault) => {
      const each = createActiveFault(fault);
      active.add(each);
      return { hits: () => each.hits, remove: () => void active.delete(each) };
    },
    /** Switches all faults off. */
    clear: () => active.clear(),
    /** Requests that have come in, whatever became of them; of one operation, or all. */
    count: (operation?: string) =>
      operation === undefined
        ? [...counts.values()].reduce((sum, each) => sum + each, 0)
        : (counts.get(operation) ?? 0),
    /** From now on connections are refused, and those that are open are cut. */
    refuse: close,
    /** Listens again after `refuse`. */
    accept: async () => void (await listen(port)),
    stop: async () => {
      await close();
      agent.destroy();
    },
  };
};

export type FaultProxy = Awaited<ReturnType<typeof startFaultProxy>>;
