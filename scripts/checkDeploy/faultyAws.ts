import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A call that is refused instead of passed on. */
export interface CallFault {
  /** Whether a call is meant, by its method, its URL and what is sent (form fields of CloudFormation, `X-Amz-Target`, …). */
  readonly concerns: (call: { readonly method: string; readonly url: string; readonly body: string }) => boolean;
  readonly status: number;
  readonly body: string;
  readonly times: number;
}

/** Stands before the emulator, and passes every call on but those that are to fail. */
export const standBefore = async (port: number) => {
  let fault: (CallFault & { hits: number }) | undefined;
  const answer = async (request: IncomingMessage, response: import('node:http').ServerResponse) => {
    const sent = await buffer(request);
    const call = {
      method: request.method ?? '',
      url: request.url ?? '',
      body: sent.length > 100_000 ? '' : sent.toString(),
    };
    if (fault && fault.hits < fault.times && fault.concerns(call)) {
      fault.hits += 1;
      response.writeHead(fault.status, {
        'content-type': fault.body.startsWith('<') ? 'text/xml' : 'application/json',
      });
      response.end(fault.body);
      return;
    }
    const passed = httpRequest({
      host: '127.0.0.1',
      port,
      path: request.url,
      method: request.method,
      headers: request.headers,
    });
    passed.on('response', (found) => {
      response.writeHead(found.statusCode ?? 502, found.headers);
      found.pipe(response);
    });
    passed.on('error', () => response.destroy());
    passed.end(sent);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Has calls fail until the work is done. Throws when none did: the check would prove nothing. */
    during: async <T>(given: CallFault, work: () => Promise<T>): Promise<T> => {
      const active = { ...given, hits: 0 };
      fault = active;
      try {
        const result = await work();
        if (active.hits === 0) throw new Error('No call met the fault.');
        return result;
      } finally {
        fault = undefined;
      }
    },
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};

export type FaultyAws = Awaited<ReturnType<typeof standBefore>>;
