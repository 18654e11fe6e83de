import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually, fastest, letPass } from '@app/test-support/time';
import { type DynamoDBDocumentClient, GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LocalCloud, startLocalCloud } from '../../src/index.ts';
import { connect } from './support/connect.ts';
import { saidIn } from './support/said.ts';
import { createWorkspace } from './support/workspace.ts';

let workspace: Awaited<ReturnType<typeof createWorkspace>>;
let cloud: LocalCloud;
let table: DynamoDBDocumentClient;

const call = (path: string, init?: RequestInit) => fetch(`${cloud.urls['gateway']}${path}`, init);
const answerOf = async (path: string) => ((await (await call(path)).json()) as { answer: string }).answer;
const source = (name: string) => join(workspace.root, 'services/alpha/src', `${name}.ts`);
const edit = async (name: string, from: string, to: string) =>
  writeFile(source(name), (await readFile(source(name), 'utf8')).replaceAll(from, to));

beforeAll(async () => {
  workspace = await createWorkspace();
  cloud = await startLocalCloud({
    dataDir: workspace.data,
    env: { AWS_ENDPOINT_URL_DYNAMODB: '' }, // the engine that the run of the tests has is not what these are about
    args: ['--root', workspace.root, '--sweep-seconds', '0.1'],
  });
  table = connect(cloud.endpoints.dynamodb);
});

afterAll(async () => {
  table?.destroy();
  await cloud?.stop();
  await workspace?.remove();
});

describe('functions', () => {
  it('find the engine in their environment, and metrics switched off', async () => {
    const body = await (await call('/alpha/hello')).json();

    expect(body).toEqual({ answer: 'hello', table: cloud.endpoints.dynamodb, metrics: 'true' });
  });

  it('answer on their service’s own URL too', async () => {
    expect((await fetch(`${cloud.urls['alpha']}/alpha/hello`)).status).toBe(200);
  });

  it('that throw are a 500 that tells nothing of it', async () => {
    const alone = await fetch(`${cloud.urls['alpha']}/alpha/throws`);
    const response = await call('/alpha/throws');

    expect([alone.status, response.status]).toEqual([500, 500]);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const problem = await response.text();
    expect(JSON.parse(problem)).toMatchObject({ type: '/problems/internal-error', status: 500 });
    expect((await alone.text()) + problem).not.toContain('secret');
    expect(cloud.output()).toContain('a secret of the function');
  });

  it('that crash are answered at once, named in the output, and take nothing else along', async () => {
    const response = await call('/alpha/crash');

    expect(response.status).toBe(500);
    expect(
      await eventually(() =>
        saidIn(cloud.output()).some((said) =>
          said.startsWith('The function alpha-dev-crash crashed.\nError: out of the blue'),
        ),
      ),
    ).toBe(true);
    expect((await call('/alpha/hello')).status).toBe(200);
  });
});

describe('a body without Content-Type', () => {
  it('is not taken for JSON', async () => {
    const post = async (body: Uint8Array<ArrayBuffer> | null, headers: Record<string, string> = {}) =>
      (await (await call('/alpha/echo', { method: 'POST', body, headers })).json()) as Record<string, unknown>;
    const json = new TextEncoder().encode('{}');

    expect(await post(json)).toMatchObject({ isBase64Encoded: true, body: 'e30=' });
    expect(await post(json, { 'content-type': 'application/json' })).toMatchObject({
      isBase64Encoded: false,
      body: '{}',
    });
    expect(await post(null)).not.toHaveProperty('body');
  });
});

describe('a path that cannot be decoded', () => {
  it('is an invalid request', async () => {
    const response = await call('/alpha/%zz');

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ type: '/problems/invalid-request', status: 400 });
  });
});

describe('a slash at the end of a path', () => {
  it.each([
    ['an HTTP API another path', '/alpha/hello', 404],
    ['a REST API no difference', '/beta/echo', 200],
  ])('makes to %s', async (_api, path, status) => {
    expect((await call(path)).status).toBe(200);
    expect((await call(`${path}/`)).status).toBe(status);
  });
});

describe('a route that no function has', () => {
  it('is a 404 problem, which does not list the routes there are', async () => {
    const response = await call('/alpha/unknown');
    const text = await response.text();

    expect(response.status).toBe(404);
    expect(JSON.parse(text)).toMatchObject({ type: '/problems/not-found', status: 404 });
    expect(text).not.toContain('existingRoutes');
  });
});

describe('the front page', () => {
  it('lists services and their URLs', async () => {
    const html = await (await call('/')).text();

    expect(html).toContain(cloud.urls['alpha']);
    expect(html).toContain('/beta/echo');
  });
});

describe('CORS', () => {
  const corsOf = (response: Response) =>
    Object.fromEntries([...response.headers].filter(([name]) => name.startsWith('access-control-')));
  const preflight = (path: string, origin: string) =>
    call(path, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });

  it.each(['gateway', 'alpha'])(
    'of an HTTP API goes by its configuration, over what the function says (%s)',
    async (name) => {
      const get = (origin: string) => fetch(`${cloud.urls[name]}/alpha/hello`, { headers: { origin } });

      expect(corsOf(await get('http://listed.example'))).toEqual({
        'access-control-allow-origin': 'http://listed.example',
        'access-control-expose-headers': 'ETag,x-request-id',
      });
      expect(corsOf(await get('http://other.example'))).toEqual({});
    },
  );

  it('varies by origin where the answer does', async () => {
    expect((await call('/alpha/hello')).headers.get('vary')).toContain('Origin');
  });

  it('preflights of an HTTP API promise what is configured to listed origins only', async () => {
    const listed = await preflight('/alpha/hello', 'http://listed.example');

    expect(listed.status).toBe(204);
    expect(corsOf(listed)).toMatchObject({
      'access-control-allow-origin': 'http://listed.example',
      'access-control-allow-methods': 'GET,POST',
      'access-control-allow-headers': 'Content-Type,If-Match',
      'access-control-max-age': '600',
    });
    expect(corsOf(await preflight('/alpha/hello', 'http://other.example'))).toEqual({});
  });

  it('reaches the errors of an HTTP API that no function made', async () => {
    const get = (origin: string) => call('/alpha/unknown', { headers: { origin } });

    expect(corsOf(await get('http://listed.example'))).toMatchObject({
      'access-control-allow-origin': 'http://listed.example',
    });
    expect(corsOf(await get('http://other.example'))).toEqual({});
  });

  it('of a REST API is what its function says', async () => {
    const response = await call('/beta/echo', { headers: { origin: 'http://listed.example' } });

    expect(corsOf(response)).toEqual({ 'access-control-allow-origin': 'http://function.example' });
    expect(await response.text()).toContain('http://listed.example'); // the function sees the origin
  });

  it('preflights of a REST API go by the events of the path', async () => {
    const listed = await preflight('/beta/echo', 'http://second.example');

    expect(corsOf(listed)).toEqual({
      'access-control-allow-origin': 'http://second.example',
      'access-control-allow-methods': 'OPTIONS,GET,POST',
      'access-control-allow-headers': 'Content-Type',
      'access-control-max-age': '60',
    });
    expect(corsOf(await preflight('/beta/echo', 'http://other.example'))).toEqual({});
  });
});

describe('rows past their TTL', () => {
  const now = () => Math.floor(Date.now() / 1000);
  const exists = async (id: string) =>
    (await table.send(new GetCommand({ TableName: 'alpha-dev', Key: { id }, ConsistentRead: true }))).Item !==
    undefined;

  it('are swept; those that expire later, never, or long ago are not', async () => {
    const rows = { expired: now() - 10, later: now() + 3600, milliseconds: Date.now(), ancient: 1000, text: '1' };
    for (const [id, ttl] of Object.entries(rows))
      await table.send(new PutCommand({ TableName: 'alpha-dev', Item: { id, ttl } }));

    expect(await eventually(async () => !(await exists('expired')))).toBe(true);
    await letPass(300, 'two sweeps more may not take them');
    const { Items = [] } = await table.send(new ScanCommand({ TableName: 'alpha-dev' }));

    expect(new Set(Items.map(({ id }) => id))).toEqual(
      new Set(['ancient', 'later', 'milliseconds', 'seed-1', 'seed-2', 'text']),
    );
  });
});

describe('a changed handler', () => {
  let answer = 'hello';

  it('is live within half a second', async () => {
    const tookUntilLive = async (next: string) => {
      const begun = performance.now();
      await edit('hello', `'${answer}'`, `'${next}'`);
      answer = next;
      expect(await eventually(async () => (await answerOf('/alpha/hello')) === next)).toBe(true);
      return performance.now() - begun;
    };

    expect(await fastest(5, (attempt) => tookUntilLive(`changed ${attempt}`), 500)).toBeLessThan(500);
  });

  it('with a syntax error is told of, and the old code goes on; mended, it is live', async () => {
    await edit('hello', `'${answer}'`, "'broken");

    expect(await eventually(() => /Not reloaded[^]*hello\.ts:1/.test(cloud.output()))).toBe(true);
    expect(await answerOf('/alpha/hello')).toBe(answer);

    await edit('hello', "'broken", "'mended'");

    expect(await eventually(async () => (await answerOf('/alpha/hello')) === 'mended')).toBe(true);
  });

  it('does not cut off requests that the old code is answering', async () => {
    await call('/alpha/slow'); // once it is warm, it is under way at once
    const slow = call('/alpha/slow');
    await letPass(300, 'the slow request is under way');
    await edit('slow', "'slow'", "'slower'");
    await eventually(() => cloud.output().includes('slow.ts live'));

    const response = await slow;

    expect([response.status, await response.text()]).toEqual([200, 'slow']);
  });
});

describe('a changed configuration', () => {
  it('is said to need a restart', async () => {
    const file = join(workspace.root, 'services/alpha/serverless.yml');
    await writeFile(file, await readFile(file, 'utf8'));

    expect(
      await eventually(() => cloud.output().includes('alpha/serverless.yml changed: it counts from the next start')),
    ).toBe(true);
  });
});
