/**
 * `pnpm test:browser`: what a page of another site can do to a running local cloud, and what a page of an allowed origin
 * can, in a real Chromium. Says so, and passes, where there is none.
 */
import assert from 'node:assert/strict';
import { startLocalCloud } from '../packages/local-cloud/src/index.ts';
import { findChromium, openPage } from './browser/chromium.ts';
import { type Probe, servePages } from './browser/pages.ts';

const program = findChromium();
if (!program) {
  console.log('Left out, as there is no Chromium here: what web pages can do to the local cloud.');
  process.exit(0);
}

const cloud = await startLocalCloud();
const gateway = cloud.urls['gateway'] ?? '';
const base = Number(new URL(gateway).port);
const pages = await servePages();
const rules = `MAP evil.example 127.0.0.1, MAP localhost:5173 127.0.0.1:${pages.port}`;
const at = (offset: number, path = '/') => `http://127.0.0.1:${base + offset}${path}`;
const json = { 'content-type': 'application/json' };
const plain = { 'content-type': 'text/plain' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const note = JSON.stringify({ title: 'By a page', content: '' });
const event = JSON.stringify({
  version: '2.0',
  rawPath: '/notes',
  headers: {},
  requestContext: { http: { method: 'GET' } },
});

/** Of every port, what needs no preflight, what needs one, and what a rebound name would ask. */
const probes: Probe[] = [
  ...[0, 1, 2, 3, 4, 5, 15, 101, 105, 5000, 6000, 6324].flatMap((offset): Probe[] => [
    { name: `GET ${offset}`, url: at(offset, '/notes?limit=1') },
    { name: `GET ${offset} without CORS`, url: at(offset, '/notes?limit=1'), init: { mode: 'no-cors' } },
    { name: `POST ${offset}`, url: at(offset, '/notes'), init: { method: 'POST', headers: json, body: note } },
    {
      name: `POST ${offset} without a preflight`,
      url: at(offset, '/notes'),
      init: { method: 'POST', mode: 'no-cors', headers: plain, body: note },
    },
    { name: `GET ${offset} by a rebound name`, url: `http://evil.example:${base + offset}/notes?limit=1` },
  ]),
  {
    name: 'invoke',
    url: at(101, '/2015-03-31/functions/notes-dev-listNotes/invocations'),
    init: { method: 'POST', headers: plain, body: event },
  },
  { name: 'topic', url: at(6324), init: { method: 'POST', headers: form, body: 'Action=CreateTopic&Name=of-a-page' } },
  { name: 'socket at the gateway', url: `ws://127.0.0.1:${base}/ws` },
  { name: 'socket at its own port', url: `ws://127.0.0.1:${base + 15}/` },
];

const countNotes = async () => ((await (await fetch(`${gateway}/notes?limit=100`)).json()) as { count: number }).count;
const open = (url: string) => openPage({ program, url, rules }, () => outcomes);
let outcomes = pages.probe(probes);

try {
  const before = await countNotes();
  const foreign = await open(`http://evil.example:${pages.port}/`);
  assert.deepEqual(
    Object.keys(foreign),
    probes.map(({ name }) => name),
  );
  for (const [name, outcome] of Object.entries(foreign))
    assert.match(outcome, /^(unreadable|refused)$/, `a page of another site: ${name}`);
  assert.equal(await countNotes(), before, 'a page of another site has written');

  outcomes = pages.probe([
    { name: 'read', url: `${gateway}/notes?limit=1` },
    { name: 'write', url: at(1, '/notes'), init: { method: 'POST', headers: json, body: note } },
    { name: 'a REST API', url: at(2, '/users?limit=1') },
    { name: 'socket', url: `ws://127.0.0.1:${base}/ws` },
    { name: 'DynamoDB', url: at(5000) },
    { name: 'invoke', url: at(101, '/2015-03-31/functions/notes-dev-listNotes/invocations') },
  ]);
  const allowed = await open('http://localhost:5173/');
  assert.deepEqual(allowed, {
    read: 'read 200',
    write: 'read 201',
    'a REST API': 'read 200',
    socket: 'open',
    DynamoDB: 'unreadable',
    invoke: 'unreadable',
  });
  assert.equal(await countNotes(), before + 1, 'a page of an allowed origin could not write');

  pages.leadTo(`${gateway}/notes?limit=1`);
  for (const url of [`${gateway}/notes?limit=1`, `http://evil.example:${pages.port}/lead`]) {
    const shown = await openPage(
      { program, url, rules, more: ['--dump-dom', '--virtual-time-budget=5000'] },
      (output) => output,
    );
    assert.match(shown, /"count":1/, `${url} is not shown to who follows it`);
  }
  console.log(
    `${probes.length} probes of another site had no answer and changed nothing; an allowed origin reads, writes and connects.`,
  );
} finally {
  pages.stop();
  await cloud.stop();
}
