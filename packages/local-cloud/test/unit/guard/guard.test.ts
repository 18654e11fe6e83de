import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { createGuard } from '../../../src/guard/guard.ts';

const here = '127.0.0.1:3000';
const app = 'http://localhost:5173';
const allowsApp = (origin: string) => origin === app;

interface Asked {
  readonly method?: string;
  readonly hosts?: readonly string[];
  readonly origin?: string;
  readonly site?: string;
  readonly mode?: string;
  readonly dest?: string;
}

/** A request as Node hands it over: of two `Host` fields, `headers` has the first. */
const request = ({ method = 'GET', hosts = [here], origin, site, mode, dest }: Asked) => ({
  method,
  headers: {
    ...(hosts[0] !== undefined && { host: hosts[0] }),
    ...(origin !== undefined && { origin }),
    ...(site && { 'sec-fetch-site': site }),
    ...(mode && { 'sec-fetch-mode': mode }),
    ...(dest && { 'sec-fetch-dest': dest }),
  },
  headersDistinct: hosts.length > 0 ? { host: [...hosts] } : {},
});

const cross = { site: 'cross-site' };

describe('createGuard', () => {
  it.each<[what: string, asked: Asked]>([
    ['a tool, which sends neither Origin nor Sec-Fetch-Site', {}],
    ['a tool that posts', { method: 'POST' }],
    ['a tool that deletes', { method: 'DELETE', hosts: ['localhost:3000'] }],
    ['an address that is typed', { site: 'none', mode: 'navigate', dest: 'document' }],
    ['a link on another site that is followed', { ...cross, mode: 'navigate', dest: 'document' }],
    ['a page of its own origin', { method: 'POST', origin: `http://${here}`, site: 'same-origin' }],
    ['a page of its own origin that reads', { site: 'same-origin', mode: 'cors', dest: 'empty' }],
    [
      'a page of its own origin by another name',
      { method: 'PUT', hosts: ['localhost'], origin: 'http://localhost:80' },
    ],
    [
      'a page of its own origin in upper case',
      { method: 'PUT', hosts: ['LOCALHOST:3000'], origin: 'http://localhost:3000' },
    ],
    ['a page of its own origin by IPv6', { method: 'PUT', hosts: ['[::1]:3000'], origin: 'http://[::1]:3000' }],
    ['a page of an origin that CORS allows', { method: 'POST', origin: app, site: 'cross-site' }],
    ['the preflight of such a page', { method: 'OPTIONS', origin: app, ...cross, mode: 'cors' }],
    ['another port of this machine that asks without an origin', { site: 'same-site', mode: 'no-cors' }],
    ['a name that is allowed', { hosts: ['host.docker.internal:3000'] }],
    [
      'a page of its own origin on a name that is allowed',
      { hosts: ['host.docker.internal'], origin: 'https://host.docker.internal' },
    ],
  ])('lets %s pass', (_, asked) => {
    expect(createGuard(['host.docker.internal'])(request(asked), allowsApp)).toBeUndefined();
  });

  it.each<[what: string, status: number, asked: Asked]>([
    ['no Host', 400, { hosts: [] }],
    ['two Hosts', 400, { hosts: [here, 'evil.example'] }],
    ['two equal Hosts', 400, { hosts: [here, here] }],
    ['an empty Host', 403, { hosts: [''] }],
    ['a foreign Host, as of DNS rebinding', 403, { hosts: ['evil.example:3000'] }],
    [
      'a foreign Host with its own origin',
      403,
      { hosts: ['evil.example'], origin: 'http://evil.example', site: 'same-origin' },
    ],
    [
      'a foreign Host that is typed',
      403,
      { hosts: ['evil.example'], site: 'none', mode: 'navigate', dest: 'document' },
    ],
    ['a foreign Host with an origin that CORS allows', 403, { hosts: ['evil.example'], origin: app }],
    ['a Host that no one can read', 403, { hosts: ['a b<>"'] }],
    ['a page of another site that reads', 403, { origin: 'https://evil.example', ...cross }],
    [
      'a page of another site that posts a form',
      403,
      { method: 'POST', origin: 'https://evil.example', ...cross, mode: 'navigate', dest: 'document' },
    ],
    ['its preflight', 403, { method: 'OPTIONS', origin: 'https://evil.example', ...cross }],
    ['a page of an older browser', 403, { method: 'POST', origin: 'https://evil.example' }],
    ['an origin of null', 403, { method: 'POST', origin: 'null', ...cross }],
    ['an empty origin', 403, { method: 'POST', origin: '' }],
    ['an origin of a file', 403, { method: 'POST', origin: 'file://' }],
    ['an extension’s origin', 403, { method: 'POST', origin: 'chrome-extension://abc' }],
    ['an origin that looks alike', 403, { method: 'POST', origin: `http://${here}.evil.example` }],
    ['an origin with a user', 403, { method: 'POST', origin: 'http://127.0.0.1:3000@evil.example' }],
    ['another port of this machine', 403, { method: 'POST', origin: 'http://127.0.0.1:8080', site: 'same-site' }],
    ['an image on another site', 403, { ...cross, mode: 'no-cors', dest: 'image' }],
    ['a script on another site', 403, { ...cross, mode: 'no-cors', dest: 'script' }],
    ['a frame on another site', 403, { ...cross, mode: 'navigate', dest: 'iframe' }],
    [
      'a socket from another site',
      403,
      { origin: 'https://evil.example', ...cross, mode: 'websocket', dest: 'websocket' },
    ],
    ['an origin that CORS allows in part', 403, { method: 'POST', origin: `${app}.evil.example` }],
  ])('refuses %s with %i', (_, status, asked) => {
    const refusal = createGuard(['host.docker.internal'])(request(asked), allowsApp);

    expect(refusal).toMatchObject({ status, detail: expect.stringMatching(/\.$/) });
  });

  it('lets no page of an origin that can be registered send anything, whatever else it says', () => {
    const label = fc.stringMatching(/^[a-z0-9]{1,12}$/);
    const origin = fc
      .tuple(
        fc.constantFrom('http', 'https'),
        fc.array(fc.oneof(label, fc.constantFrom('localhost', '127')), { maxLength: 4, minLength: 1 }),
        fc.constantFrom('example', 'dev', 'io'),
      )
      .map(([scheme, labels, top]) => `${scheme}://${[...labels, top].join('.')}`);
    const asked = fc.record({
      method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'),
      origin,
      hosts: fc.constantFrom([here], ['localhost:3000'], ['[::1]']),
      site: fc.constantFrom('cross-site', 'same-site', 'same-origin', 'none'),
      mode: fc.constantFrom('cors', 'no-cors', 'navigate', 'websocket'),
      dest: fc.constantFrom('document', 'empty', 'image', 'websocket'),
    });

    fc.assert(fc.property(asked, (each) => expect(createGuard()(request(each), allowsApp)?.status).toBe(403)));
  });
});
