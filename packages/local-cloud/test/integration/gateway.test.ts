import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createGateway, type Gateway } from '../../src/gateway/gateway.ts';
import { host } from '../../src/portCheck.ts';

let gateway: Gateway;
let origin: string;
let upstreams: Server[];

const freePort = async () => {
  const probe = createServer();
  await once(probe.listen(0, host), 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
};

const startUpstream = async (answer: Parameters<typeof createServer>[1]) => {
  const server = createServer(answer);
  await once(server.listen(0, host), 'listening');
  upstreams.push(server);
  return `http://${host}:${(server.address() as AddressInfo).port}`;
};

const addService = async (answer: Parameters<typeof createServer>[1]) =>
  gateway.add('notes', { url: await startUpstream(answer), paths: ['/notes'] });

beforeEach(async () => {
  upstreams = [];
  gateway = createGateway();
  const port = await freePort();
  await gateway.listen(port);
  origin = `http://${host}:${port}`;
});

afterEach(() => {
  gateway.close();
  for (const server of upstreams) {
    server.closeAllConnections();
    server.close();
  }
});

const problem = async (response: Response) => {
  const body = (await response.json()) as Record<string, unknown>;
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('x-request-id')).toBe(body['requestId']);
  return body;
};

describe('the gateway', () => {
  it('responds 503 with Retry-After while services are starting, and 404 when all are there', async () => {
    const early = await fetch(`${origin}/notes`);
    gateway.complete([]);
    const late = await fetch(`${origin}/nowhere`);

    expect(early.status).toBe(503);
    expect(early.headers.get('retry-after')).toBe('1');
    expect(await problem(early)).toMatchObject({ type: '/problems/service-unavailable', status: 503 });
    expect(late.status).toBe(404);
    expect(await problem(late)).toMatchObject({
      type: '/problems/not-found',
      detail: expect.stringContaining('GET /nowhere'),
    });
  });

  it('responds 502, naming the service, when nothing listens there', async () => {
    gateway.add('notes', { url: `http://${host}:${await freePort()}`, paths: ['/notes'] });

    const response = await fetch(`${origin}/notes`);

    expect(response.status).toBe(502);
    expect(await problem(response)).toMatchObject({
      type: '/problems/bad-gateway',
      detail: expect.stringContaining('notes'),
    });
  });

  it('responds 502 when the service cuts the connection', async () => {
    await addService(({ socket }) => socket.destroy());

    expect((await fetch(`${origin}/notes`)).status).toBe(502);
  });

  it('does not pass off half an answer as a whole one', async () => {
    await addService((_, response) => {
      response.writeHead(200, { 'content-length': 10 });
      response.write('half', () => response.destroy());
    });

    const response = await fetch(`${origin}/notes`);

    await expect(response.text()).rejects.toThrow('terminated');
  });

  it('lets a browser that the service allows read the gateway’s own errors, and no other', async () => {
    const cors = { origins: ['http://a.example'], methods: [], headers: [], exposed: ['x-request-id'] };
    gateway.add('notes', { url: `http://${host}:${await freePort()}`, paths: ['/notes'], cors });

    const listed = await fetch(`${origin}/notes`, { headers: { origin: 'http://a.example' } });
    const other = await fetch(`${origin}/notes`, { headers: { origin: 'http://b.example' } });

    expect(listed.headers.get('access-control-allow-origin')).toBe('http://a.example');
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('passes on what functions answer, problems too, unchanged', async () => {
    const body = JSON.stringify({ type: '/problems/gone', status: 404 });
    await addService((_, response) =>
      response.writeHead(404, { 'x-request-id': 'theirs', 'content-type': 'application/json' }).end(body),
    );

    const response = await fetch(`${origin}/notes/1?a=%20b`);

    expect(response.status).toBe(404);
    expect(response.headers.get('x-request-id')).toBe('theirs');
    expect(await response.text()).toBe(body);
  });

  it('replaces errors that serverless-offline makes by itself, and what they tell of it', async () => {
    await addService((_, response) =>
      response
        .writeHead(502, { 'content-type': 'application/json' })
        .end('{"errorMessage":"boom","stackTrace":["at secret.ts"]}'),
    );

    const response = await fetch(`${origin}/notes`);

    expect(JSON.stringify(await problem(response))).not.toMatch(/boom|secret/);
  });

  it('streams a body in both directions, chunk by chunk', async () => {
    await addService((incoming, response) => {
      response.writeHead(200);
      incoming.pipe(response);
    });
    const call = request(`${origin}/notes`, { method: 'POST' });
    call.write('first');
    const [response] = await once(call, 'response');

    const [first] = await once(response, 'data');
    call.write('second');
    const [second] = await once(response, 'data');
    call.end();
    await once(response.resume(), 'end');

    expect([String(first), String(second)]).toEqual(['first', 'second']);
  });

  it('holds back a sender whose receiver is slow, rather than buffering 200 MB', async () => {
    await addService(() => {}); // takes the request and reads nothing
    const call = request(`${origin}/notes`, { method: 'POST' });
    call.on('error', () => {});
    const chunk = Buffer.alloc(1024 * 1024);
    let sent = 0;
    const writeOn = () => {
      while (sent < 200 && call.write(chunk)) sent += 1;
      sent += 1;
    };
    call.on('drain', writeOn);
    writeOn();

    await new Promise((resolve) => setTimeout(resolve, 300));
    call.destroy();

    expect(sent).toBeLessThan(50);
  });
});
