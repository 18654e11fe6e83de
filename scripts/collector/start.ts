import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';

const host = '127.0.0.1';

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
};

/** From OTLP over HTTP to OTLP over HTTP, in JSON. It answers a post once the target has. */
const configuration = (port: number, target: string) => ({
  receivers: { otlp: { protocols: { http: { endpoint: `${host}:${port}` } } } },
  exporters: {
    otlp_http: {
      endpoint: target,
      encoding: 'json',
      compression: 'none',
      sending_queue: { enabled: false },
      retry_on_failure: { enabled: false },
    },
  },
  service: { pipelines: { traces: { receivers: ['otlp'], exporters: ['otlp_http'] } } },
});

const isUp = (endpoint: string) =>
  fetch(endpoint).then(
    () => true, // whatever it says: 404
    () => false,
  );

/** Starts a collector on a free port of the loopback address, which passes what it takes on to another URL, in JSON. */
export const startCollector = async (program: string, target: string) => {
  const port = await freePort();
  const endpoint = `http://${host}:${port}`;
  const child = spawn(program, [`--config=yaml:${JSON.stringify(configuration(port, target))}`], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const output = text(child.stderr);
  const closed = once(child, 'close');
  const stop = async () => {
    child.kill();
    await closed;
  };
  for (let tries = 0; tries < 200 && child.exitCode === null; tries += 1) {
    if (await isUp(endpoint)) return { endpoint, stop };
    await wait(100);
  }
  await stop();
  throw new Error(`The collector did not start: ${await output}`);
};
