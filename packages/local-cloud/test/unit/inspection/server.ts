import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createFaults } from '../../../src/faults/faults.ts';
import { readTarget } from '../../../src/http/target.ts';
import { createJudge } from '../../../src/iam/judge.ts';
import { createInspection } from '../../../src/inspection/inspection.ts';
import { createRecorder } from '../../../src/recorder/recorder.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const roleOf = (key: string) => ({ functionName: `items-dev-${key}`, service: 'items', key, statements: [] });

/** The inspection behind a server of its own, and what it knows. */
export const startInspection = async ({ isKept = true, functions = ['createItem', 'getItem'] } = {}) => {
  const recorder = createRecorder({ isKept });
  const judge = createJudge();
  judge.add(functions.map(roleOf), []);
  const faults = createFaults();
  const inspect = createInspection({ recorder, judge, faults });
  const server = createServer((request, response) => {
    const target = readTarget(request);
    if (target) void inspect(request, response, target);
    else response.writeHead(400).end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;

  /** Asks with header fields as they are given: `fetch` would not send a Host or an Origin of ours. */
  const ask = (path: string, { method = 'GET', headers = {}, body }: Asking = {}) =>
    new Promise<Answer>((resolve, reject) => {
      const asked = httpRequest({ port, host: '127.0.0.1', path: `/_local/${path}`, method, headers, agent: false });
      asked.once('error', reject).once('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('end', () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text && JSON.parse(text) });
        });
      });
      asked.end(body);
    });

  const stop = async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  return { recorder, judge, faults, port, ask, stop };
};

export type TestInspection = Awaited<ReturnType<typeof startInspection>>;
