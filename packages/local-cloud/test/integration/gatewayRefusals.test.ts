import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { maxBodyBytes } from '../../src/gateway/bodyLimit.ts';
import { createGateway, type Gateway } from '../../src/gateway/gateway.ts';
import { host } from '../../src/portCheck.ts';

let gateway: Gateway;
let service: Server;
let received: number;
let port: number;

const listening = async (server: Server) => {
  await once(server.listen(0, host), 'listening');
  return (server.address() as AddressInfo).port;
};

beforeEach(async () => {
  received = 0;
  service = createServer((incoming, response) => {
    incoming.on('error', () => {}); // cut off
    incoming.on('data', (chunk: Buffer) => (received += chunk.length));
    incoming.on('end', () => response.end('taken'));
  });
  gateway = createGateway();
  gateway.add('notes', { url: `http://${host}:${await listening(service)}`, paths: ['/notes'] });
  gateway.complete([]);
  const probe = createServer();
  port = await listening(probe);
  probe.close();
  await gateway.listen(port);
});

afterEach(() => {
  gateway.close();
  service.closeAllConnections();
  service.close();
});

/** What comes back, until the gateway closes the connection. */
const raw = async (sent: string) => {
  const socket = connect(port, host);
  socket.write(sent, 'latin1');
  const [head = '', body = '{}'] = (await text(socket)).split('\r\n\r\n');
  return { head, body: JSON.parse(body) as Record<string, unknown> };
};

const upload = async (bytes: number, headers: Record<string, string | number> = {}) => {
  const call = request({ host, port, path: '/notes', method: 'POST', headers });
  call.on('error', () => {}); // answered early, it may still be sending when the gateway closes
  call.write(Buffer.alloc(bytes / 2));
  call.end(Buffer.alloc(bytes - Math.floor(bytes / 2)));
  const [response] = await once(call, 'response');
  return { status: response.statusCode as number, type: response.headers['content-type'], body: await text(response) };
};

describe('a body', () => {
  it('of as much as API Gateway takes is passed on, with and without Content-Length', async () => {
    const declared = await upload(maxBodyBytes, { 'content-length': maxBodyBytes });
    const chunked = await upload(maxBodyBytes);

    expect([declared.body, chunked.body]).toEqual(['taken', 'taken']);
  });

  it.each([
    ['declared', { 'content-length': maxBodyBytes + 2 }],
    ['chunked', {}],
    ['expecting to continue', { expect: '100-continue' }],
  ])('of more is a 413 (%s), and never reaches the service whole', async (_, headers) => {
    const { status, type, body } = await upload(maxBodyBytes + 2, headers);

    expect([status, type]).toEqual([413, 'application/problem+json']);
    expect(JSON.parse(body)).toMatchObject({ type: '/problems/payload-too-large', status: 413 });
    expect(received).toBeLessThanOrEqual(maxBodyBytes);
  });
});

describe('a request that is refused before it is read', () => {
  const upgrade = 'host: a\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n';

  it.each([
    ['a malformed request line', 400, 'NONSENSE\r\n\r\n'],
    ['NUL in a field', 400, 'GET / HTTP/1.1\r\nhost: a\r\nx: a\0b\r\n\r\n'],
    ['no Host', 400, 'GET / HTTP/1.1\r\n\r\n'],
    ['a malformed chunk', 400, 'POST /notes HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'],
    ['fields that are too large', 431, `GET / HTTP/1.1\r\nhost: a\r\nx: ${'a'.repeat(200_000)}\r\n\r\n`],
    ['an unknown expectation', 417, 'GET / HTTP/1.1\r\nhost: a\r\nexpect: wonders\r\n\r\n'],
    ['an upgrade elsewhere', 404, `GET /elsewhere HTTP/1.1\r\n${upgrade}`],
    ['an upgrade that no service takes', 503, `GET /ws HTTP/1.1\r\n${upgrade}`],
  ])('for %s is a %d problem, and the connection closed', async (_, status, sent) => {
    const { head, body } = await raw(sent);

    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} [A-Z]`));
    expect(head).toMatch(/content-type: application\/problem\+json/i);
    expect(head).toMatch(/cache-control: no-store/i);
    expect(head).toMatch(/connection: close/i);
    expect(head.toLowerCase()).toContain(`x-request-id: ${String(body['requestId'])}`);
    expect(body).toMatchObject({ status });
  });
});
