/**
 * `pnpm test:browser`: what a page of another site can do to a running local cloud, and what a page of an allowed origin
 * can, in a real Chromium. Says so, and passes, where there is none.
 */
import assert from 'node:assert/strict';
import { portOffsets, startLocalCloud } from '@app/local-cloud';
import { callsWithoutId } from '@app/test-support/everyOperation';
import { findChromium, startChromium } from './browser/chromium.ts';
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
const offsetOf = (name: string) => portOffsets().find(({ purpose }) => purpose === name)?.offset ?? Number.NaN;
const plain = { 'content-type': 'text/plain' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };

/** The first service, what creates one of its resources, and the list of them. */
const creation = callsWithoutId.find(({ init }) => init.method === 'POST');
const list = callsWithoutId.find(({ path, init }) => path === creation?.path && init.method === 'GET');
assert.ok(creation?.init.body && list, 'no service creates and lists');
const { service, path } = list;
const page = `${path}?limit=1`;
const create = { method: 'POST', headers: { 'content-type': 'application/json' }, body: creation.init.body };
const invoke = at(
  offsetOf(`the invoke endpoint of ${service}`),
  `/2015-03-31/functions/${service}-dev-${list.name}/invocations`,
);
const event = JSON.stringify({
  version: '2.0',
  rawPath: path,
  headers: {},
  requestContext: { http: { method: 'GET' } },
});
const lists = callsWithoutId.filter(({ init }) => init.method === 'GET');
const sockets = portOffsets().filter(({ purpose }) => purpose.startsWith('the WebSocket of'));

/** Of every port, what needs no preflight, what needs one, and what a rebound name would ask. */
const probes: Probe[] = [
  ...portOffsets().flatMap(({ offset, purpose }): Probe[] => [
    { name: `GET ${purpose}`, url: at(offset, page) },
    { name: `GET ${purpose} without CORS`, url: at(offset, page), init: { mode: 'no-cors' } },
    { name: `POST ${purpose}`, url: at(offset, path), init: create },
    {
      name: `POST ${purpose} without a preflight`,
      url: at(offset, path),
      init: { ...create, mode: 'no-cors', headers: plain },
    },
    { name: `GET ${purpose} by a rebound name`, url: `http://evil.example:${base + offset}${page}` },
  ]),
  { name: 'invoke', url: invoke, init: { method: 'POST', headers: plain, body: event } },
  ...sockets.flatMap(({ offset, purpose }): Probe[] => [
    { name: `${purpose} at the gateway`, url: `ws://127.0.0.1:${base}/ws` },
    { name: `${purpose} at its own port`, url: `ws://127.0.0.1:${base + offset}/` },
  ]),
  {
    name: 'topic',
    url: at(offsetOf('SQS')),
    init: { method: 'POST', headers: form, body: 'Action=CreateTopic&Name=of-a-page' },
  },
];

const countCreated = async () =>
  ((await (await fetch(`${gateway}${path}?limit=100`)).json()) as { count: number }).count;
const browser = await startChromium(program, rules);

/** Opens a page that makes probes. Resolves to how they went. */
const outcomesAt = async (url: string, made: readonly Probe[]) => {
  const outcomes = pages.probe(made);
  const opened = await browser.newPage();
  const reported = opened.waitForResponse('**/outcomes', { timeout: 60_000 });
  await opened.goto(url);
  await reported;
  return outcomes;
};

try {
  const before = await countCreated();
  const foreign = await outcomesAt(`http://evil.example:${pages.port}/`, probes);
  assert.deepEqual(
    Object.keys(foreign),
    probes.map(({ name }) => name),
  );
  for (const [name, outcome] of Object.entries(foreign))
    assert.match(outcome, /^(unreadable|refused)$/, `a page of another site: ${name}`);
  assert.equal(await countCreated(), before, 'a page of another site has written');

  const allowed = await outcomesAt('http://localhost:5173/', [
    { name: 'write', url: at(offsetOf(service), path), init: create },
    ...lists.map((each) => ({
      name: `read ${each.name}`,
      url: at(offsetOf(each.service), each.path),
      init: each.init,
    })),
    ...sockets.map(({ purpose }) => ({ name: purpose, url: `ws://127.0.0.1:${base}/ws` })),
    { name: 'DynamoDB', url: at(offsetOf('DynamoDB')) },
    { name: 'invoke', url: invoke },
  ]);
  assert.deepEqual(allowed, {
    write: 'read 201',
    ...Object.fromEntries(lists.map(({ name }) => [`read ${name}`, 'read 200'])),
    ...Object.fromEntries(sockets.map(({ purpose }) => [purpose, 'open'])),
    DynamoDB: 'unreadable',
    invoke: 'unreadable',
  });
  assert.equal(await countCreated(), before + 1, 'a page of an allowed origin could not write');

  pages.leadTo(gateway + page);
  const follower = await browser.newPage();
  for (const url of [gateway + page, `http://evil.example:${pages.port}/lead`]) {
    await follower.goto(url);
    await follower.getByText('"count":1').waitFor();
    assert.equal(follower.url(), gateway + page, `${url} leads elsewhere`);
  }
  console.log(
    `${probes.length} probes of another site had no answer and changed nothing; an allowed origin reads, writes and connects.`,
  );
} finally {
  await browser.close();
  pages.stop();
  await cloud.stop();
}
