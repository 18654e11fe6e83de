import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Probe {
  readonly name: string;
  readonly url: string;
  readonly init?: RequestInit;
}

/** `read 200`: the page had the answer. `unreadable`: it had none, whatever became of the request. */
export type Outcomes = Readonly<Record<string, string>>;

/** Runs in the page. */
const script = (probes: readonly Probe[]) => `
const outcomes = {};
const fetched = ({ url, init }) => fetch(url, init).then((r) => (r.type === 'opaque' ? 'unreadable' : 'read ' + r.status), () => 'unreadable');
const opened = ({ url }) => new Promise((resolve) => {
  const socket = new WebSocket(url);
  socket.onopen = () => { socket.close(); resolve('open'); };
  socket.onerror = () => resolve('refused');
});
const run = async () => {
  for (const probe of ${JSON.stringify(probes)})
    outcomes[probe.name] = await (probe.url.startsWith('ws:') ? opened(probe) : fetched(probe));
  await fetch('/outcomes', { method: 'POST', body: JSON.stringify(outcomes) });
};
run();`;

/** Serves pages of any origin on a port of its own: one that makes probes and reports, one that leads elsewhere. */
export const servePages = async () => {
  let probes: readonly Probe[] = [];
  let leadsTo = '';
  let report: (outcomes: Outcomes) => void = () => {};
  const server = createServer((request, response) => {
    if (request.url === '/outcomes') {
      response.end();
      void text(request).then((body) => report(JSON.parse(body) as Outcomes));
      return;
    }
    response.setHeader('content-type', 'text/html; charset=utf-8');
    if (request.url === '/lead') response.end(`<meta http-equiv="refresh" content="0; url=${leadsTo}">`);
    else response.end(`<!doctype html><title>page</title><script>${script(probes)}</script>`);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    /** The next page that is opened makes these probes; resolves to how they went. */
    probe: (all: readonly Probe[]) => {
      probes = all;
      return new Promise<Outcomes>((resolve) => {
        report = resolve;
      });
    },
    /** `/lead` sends whoever opens it there. */
    leadTo: (url: string) => {
      leadsTo = url;
    },
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};
