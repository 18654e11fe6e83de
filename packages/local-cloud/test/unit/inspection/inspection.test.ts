import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { numberedSpan, traceId } from '../recorder/spans.ts';
import { startInspection, type TestInspection } from './server.ts';

let inspection: TestInspection;
beforeEach(async () => {
  inspection = await startInspection();
});
afterEach(() => inspection.stop());

const tool = { 'x-local-tool': 'test' };
const request = numberedSpan(1, {
  name: 'POST /items',
  kind: 'server',
  service: 'items',
  attributes: { 'local.request_id': 'request 1', 'http.response.status_code': 201 },
});
const detail = (text: string) => ({ detail: expect.stringContaining(text) });

describe('GET /_local/traces', () => {
  it('lists traces, the newest first', async () => {
    inspection.recorder.record(request);
    inspection.recorder.record(numberedSpan(2, { traceId: 'b'.repeat(32) }));

    const { status, body } = await inspection.ask('traces');

    expect(status).toBe(200);
    expect(body).toMatchObject({
      traces: [{ traceId: 'b'.repeat(32) }, { traceId, name: 'POST /items', status: 201 }],
    });
  });

  it('lists those that a filter lets through', async () => {
    inspection.recorder.record(request);

    expect((await inspection.ask('traces?status=2xx&service=items')).body).toMatchObject({ traces: [{ traceId }] });
    expect((await inspection.ask('traces?status=error')).body).toEqual({ traces: [] });
  });

  it('refuses an unknown filter with a list of those that there are', async () => {
    const { status, body } = await inspection.ask('traces?colour=red');

    expect(status).toBe(400);
    expect(body).toMatchObject(
      detail('colour is no filter: there are service, operation, function, status, minDuration, id, text, limit'),
    );
  });

  it('refuses an unknown function with a list of those that there are', async () => {
    const { status, body } = await inspection.ask('traces?function=items:none');

    expect(status).toBe(400);
    expect(body).toMatchObject(detail('there are items:createItem, items:getItem'));
  });
});

describe('GET /_local/traces/{id}', () => {
  it.each([
    ['the trace id', traceId],
    ['the request id, encoded', 'request%201'],
  ])('shows the trace of %s', async (_what, id) => {
    inspection.recorder.record(request);

    const { status, body } = await inspection.ask(`traces/${id}`);

    expect(status).toBe(200);
    expect(body).toMatchObject({ summary: { traceId }, dropped: 0, spans: [request] });
  });

  it('responds 404 with the latest ids when it does not exist', async () => {
    inspection.recorder.record(request);

    const { status, body, headers } = await inspection.ask('traces/none');

    expect(status).toBe(404);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(body).toMatchObject(detail('There is no trace of "none". The latest are request 1'));
  });

  it('responds 404 and says so when nothing has been recorded', async () => {
    expect((await inspection.ask('traces/none')).body).toMatchObject(detail('Nothing has been recorded yet.'));
  });

  it('names each trace once when it does not exist', async () => {
    inspection.recorder.record(request);

    const { body } = await inspection.ask('traces/none');

    expect((body as { detail: string }).detail.split('request 1')).toHaveLength(2);
  });
});

describe('GET /_local/iam', () => {
  it('shows what each function has used and been granted', async () => {
    const { status, body } = await inspection.ask('iam');

    expect(status).toBe(200);
    expect(body).toEqual({
      functions: [
        { function: 'items:createItem', name: 'items-dev-createItem', used: [], granted: [] },
        { function: 'items:getItem', name: 'items-dev-getItem', used: [], granted: [] },
      ],
    });
  });

  it.each(['items:getItem', 'items%3AgetItem'])('shows one function: %s', async (id) => {
    expect((await inspection.ask(`iam/${id}`)).body).toMatchObject({ functions: [{ function: 'items:getItem' }] });
  });

  it('responds 404 with a list when the function does not exist', async () => {
    const { status, body } = await inspection.ask('iam/items:none');

    expect(status).toBe(404);
    expect(body).toMatchObject(detail('There is no function "items:none": there are items:createItem, items:getItem.'));
  });

  it('shows an empty list where there are no functions', async () => {
    const empty = await startInspection({ functions: [] });

    const { status, body } = await empty.ask('iam');
    await empty.stop();

    expect({ status, body }).toEqual({ status: 200, body: { functions: [] } });
  });
});

describe('faults over HTTP', () => {
  const post = (body: string, headers: Record<string, string> = tool) =>
    inspection.ask('faults', { method: 'POST', headers, body });

  it('are added, listed, and removed', async () => {
    const { status, body } = await post('{"effect":"throttle","count":3}');
    expect({ status, body }).toEqual({ status: 201, body: { id: 'fault-1', effect: 'throttle', count: 3, hits: 0 } });
    expect((await inspection.ask('faults')).body).toEqual({ faults: [body] });

    await post('{"effect":"cut"}');
    expect((await inspection.ask('faults/fault-1', { method: 'DELETE', headers: tool })).body).toMatchObject({
      faults: [{ id: 'fault-2' }],
    });
    expect((await inspection.ask('faults', { method: 'DELETE', headers: tool })).body).toEqual({ faults: [] });
  });

  it.each([
    ['{"effect":"explode"}', 'effect is "explode", and must be one of throttle, delay, refuse'],
    ['{"effect":"cut","function":"items:none"}', 'must be one of items:createItem, items:getItem'],
    ['{"effect":', 'A fault is a JSON object'],
    ['', 'A fault is a JSON object'],
  ])('are refused that are not right: %s', async (given, problem) => {
    const { status, body } = await post(given);

    expect(status).toBe(400);
    expect(body).toMatchObject(detail(problem));
    expect(inspection.faults.list()).toEqual([]);
  });

  it('are refused when the body is larger than a gateway takes', async () => {
    const { status } = await post(`{"effect":"cut","resource":"${'a'.repeat(11 * 1024 * 1024)}"}`);

    expect(status).toBe(400);
    expect(inspection.faults.list()).toEqual([]);
  });

  it('cannot be removed where they are not, and those that are there are named', async () => {
    await post('{"effect":"cut"}');

    const { status, body } = await inspection.ask('faults/fault-7', { method: 'DELETE', headers: tool });

    expect(status).toBe(404);
    expect(body).toMatchObject(detail('There is no fault "fault-7": there are fault-1.'));
  });
});

describe('who may ask', () => {
  const ownOrigin = () => ({ origin: `http://127.0.0.1:${inspection.port}` });
  const changes = [
    ['POST', 'faults'],
    ['DELETE', 'faults'],
    ['DELETE', 'faults/fault-1'],
  ] as const;

  it.each(changes)('is nobody without an origin or the header of tools: %s %s', async (method, path) => {
    inspection.faults.add({ effect: 'cut' });

    const { status, body } = await inspection.ask(path, { method, body: '{"effect":"lose"}' });

    expect(status).toBe(403);
    expect(body).toMatchObject(detail('x-local-tool'));
    expect(inspection.faults.list()).toMatchObject([{ effect: 'cut' }]);
  });

  it.each(changes)('is a page of the gateway’s own origin: %s %s', async (method, path) => {
    inspection.faults.add({ effect: 'cut' });

    const { status } = await inspection.ask(path, { method, headers: ownOrigin(), body: '{"effect":"lose"}' });

    expect(status).toBeLessThan(300);
  });

  it.each([
    ['another site', 'https://evil.example'],
    ['another port', 'http://127.0.0.1:1'],
    ['no origin that can be named', 'null'],
    ['a file', 'file://'],
  ])('is no page of %s, not even with the header of tools', async (_what, origin) => {
    const headers = { ...tool, origin };

    for (const path of ['traces', 'events', 'iam', 'faults'])
      expect((await inspection.ask(path, { headers })).status).toBe(403);
    expect((await inspection.ask('faults', { method: 'POST', headers, body: '{"effect":"cut"}' })).status).toBe(403);
    expect(inspection.faults.list()).toEqual([]);
  });

  it('is no page of another site that shows an answer as an image', async () => {
    expect((await inspection.ask('traces', { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
  });

  it.each(['evil.example', 'evil.example:3000', '192.168.0.7:3000', '127.0.0.1.evil.example'])(
    'is nobody by the host %s',
    async (host) => {
      expect((await inspection.ask('traces', { headers: { ...tool, host } })).status).toBe(403);
    },
  );

  it.each(['localhost:3000', '127.0.0.1', '[::1]:3000'])('is who asks by the host %s', async (host) => {
    expect((await inspection.ask('traces', { headers: { host } })).status).toBe(200);
  });

  it('is told by no CORS header, and the answer is kept by nobody', async () => {
    for (const path of ['traces', 'traces/none', 'faults', 'nothing']) {
      const { headers } = await inspection.ask(path, { headers: ownOrigin() });

      expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'cross-origin-resource-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
      });
    }
  });

  it('is not asked for before a request: OPTIONS is answered to nobody', async () => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };

    const { status, headers: answered } = await inspection.ask('faults', { method: 'OPTIONS', headers });

    expect(status).toBe(403);
    expect(answered).not.toHaveProperty('access-control-allow-origin');
  });
});

describe('an unknown path', () => {
  it.each([
    ['GET', 'nothing'],
    ['GET', ''],
    ['PUT', 'faults'],
    ['DELETE', 'traces'],
    ['GET', 'constructor'],
  ])('%s /_local/%s responds 404 with a list of those that there are', async (method, path) => {
    const { status, body } = await inspection.ask(path, { method, headers: tool });

    expect(status).toBe(404);
    expect(body).toMatchObject(detail('there are GET traces, GET traces/:id, GET events'));
  });
});

describe('a local cloud that records nothing', () => {
  it('says so, and still has rights and faults', async () => {
    const silent = await startInspection({ isKept: false });

    const statuses = await Promise.all(
      ['traces', 'traces/a', 'events', 'iam', 'faults'].map(async (path) => (await silent.ask(path)).status),
    );
    const { body } = await silent.ask('traces');
    await silent.stop();

    expect(statuses).toEqual([404, 404, 404, 200, 200]);
    expect(body).toMatchObject(detail('--no-record'));
  });
});
