import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { maxBodyBytes } from '../../src/http/refusals.ts';
import { host } from '../../src/process/portCheck.ts';
import { raw } from './support/raw.ts';
import { startService } from './support/service.ts';

let service: Awaited<ReturnType<typeof startService>>;
let received: number[];

beforeEach(async () => {
  received = [];
  const invoke = async (event: string) => {
    const { body = '', isBase64Encoded } = JSON.parse(event) as { body?: string; isBase64Encoded: boolean };
    received.push(Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8').length);
    return { payload: '{"statusCode":200,"body":"taken"}' };
  };
  service = await startService({ events: [{ httpApi: 'POST /notes' }, { httpApi: 'GET /notes' }], invoke });
  service.join();
});
afterEach(() => service.stop());

const upload = async (bytes: number, headers: Record<string, string | number> = {}) => {
  const call = request({ host, port: service.port, path: '/notes', method: 'POST', headers });
  call.on('error', () => {}); // answered early, it may still be sending when the gateway closes
  call.write(Buffer.alloc(bytes / 2));
  call.end(Buffer.alloc(bytes - Math.floor(bytes / 2)));
  const [response] = await once(call, 'response');
  return { status: response.statusCode as number, type: response.headers['content-type'], body: await text(response) };
};

describe('a body', () => {
  it('of as much as API Gateway takes reaches the function, with and without Content-Length', async () => {
    const declared = await upload(maxBodyBytes, { 'content-length': maxBodyBytes });
    const chunked = await upload(maxBodyBytes);

    expect([declared.body, chunked.body]).toEqual(['taken', 'taken']);
    expect(received).toEqual([maxBodyBytes, maxBodyBytes]);
  });

  it.each([
    ['declared', { 'content-length': maxBodyBytes + 2 }],
    ['chunked', {}],
    ['expecting to continue', { expect: '100-continue' }],
  ])('of more is a 413 (%s), and reaches no function', async (_, headers) => {
    const { status, type, body } = await upload(maxBodyBytes + 2, headers);

    expect([status, type]).toEqual([413, 'application/problem+json']);
    expect(JSON.parse(body)).toMatchObject({ type: '/problems/payload-too-large', status: 413 });
    expect(received).toEqual([]);
  });
});

describe('a request that is refused before it is read', () => {
  it.each([
    ['a malformed request line', 400, 'NONSENSE\r\n\r\n'],
    ['NUL in a field', 400, 'GET / HTTP/1.1\r\nhost: a\r\nx: a\0b\r\n\r\n'],
    ['no Host', 400, 'GET / HTTP/1.1\r\nconnection: close\r\n\r\n'],
    ['two Hosts', 400, 'GET / HTTP/1.1\r\nhost: localhost\r\nhost: localhost\r\nconnection: close\r\n\r\n'],
    ['a malformed chunk', 400, 'POST /notes HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'],
    ['fields that are too large', 431, `GET / HTTP/1.1\r\nhost: a\r\nx: ${'a'.repeat(200_000)}\r\n\r\n`],
    ['an unknown expectation', 417, 'GET / HTTP/1.1\r\nhost: localhost\r\nexpect: wonders\r\n\r\n'],
    ['a proxy’s CONNECT', 400, 'CONNECT localhost:443 HTTP/1.1\r\nhost: localhost:443\r\n\r\n'],
    ['a foreign Host', 403, 'GET / HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n'],
    [
      'a foreign authority in the target',
      403,
      'GET http://evil.example/notes HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n',
    ],
  ])('for %s is a %d problem, and the connection closed', async (_, status, sent) => {
    const { head, body } = await raw(service.port, sent);

    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} [A-Z]`));
    expect(head).toMatch(/content-type: application\/problem\+json/i);
    expect(head).toMatch(/cache-control: no-store/i);
    expect(head).toMatch(/connection: close/i);
    expect(head.toLowerCase()).toContain(`x-request-id: ${String(body['requestId'])}`);
    expect(body).toMatchObject({ status });
  });

  it('of a WebSocket that no service takes is a 503', async () => {
    const upgrade = 'host: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n';

    const { head } = await raw(service.port, `GET /ws HTTP/1.1\r\n${upgrade}`);

    expect(head).toMatch(/^HTTP\/1.1 503/);
  });
});
