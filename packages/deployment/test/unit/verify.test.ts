import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { functionsOf, packagedHashes } from '../../src/package/readPackage.ts';
import { addressOf } from '../../src/verify/addressOf.ts';
import { apiUrls } from '../../src/verify/apiUrls.ts';
import { checkApi } from '../../src/verify/checkApi.ts';
import { differing, shortNames } from '../../src/verify/codeHashes.ts';

const template = {
  Resources: {
    GetNoteLambdaFunction: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'notes-dev-getNote',
        Code: { S3Bucket: { Ref: 'ServerlessDeploymentBucket' }, S3Key: 'serverless/notes/dev/1-2026/getNote.zip' },
      },
    },
    NotesTable: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'notes-dev' } },
  },
};

describe('a function’s code', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'packaged-'));
  });
  afterEach(async () => rm(folder, { recursive: true }));

  it('is known by the hash of its archive, as Lambda computes it', async () => {
    await writeFile(join(folder, 'getNote.zip'), 'archive');

    const hashes = await packagedHashes(folder, template);

    expect([...hashes]).toEqual([['notes-dev-getNote', createHash('sha256').update('archive').digest('base64')]]);
  });

  it('is found in the template by where its archive is uploaded to', () => {
    expect(functionsOf(template)).toEqual([
      { name: 'notes-dev-getNote', key: 'serverless/notes/dev/1-2026/getNote.zip' },
    ]);
  });

  it('differs where AWS runs another, or none', () => {
    const expected = new Map([
      ['notes-dev-same', 'a'],
      ['notes-dev-other', 'b'],
      ['notes-dev-absent', 'c'],
    ]);
    const found = new Map([
      ['notes-dev-same', 'a'],
      ['notes-dev-other', 'old'],
    ]);

    expect(shortNames(differing(expected, found), 'notes-dev')).toEqual(['other', 'absent']);
  });
});

describe('an API’s address', () => {
  const url = 'wss://ab12.execute-api.eu-west-1.amazonaws.com/dev';

  it('is its own URL on AWS', () => {
    const { url: called, host } = addressOf(url, {});

    expect(called.href).toBe('https://ab12.execute-api.eu-west-1.amazonaws.com/dev');
    expect(host).toBe('ab12.execute-api.eu-west-1.amazonaws.com');
  });

  it('is the stand-in’s, which is told the API by its host', () => {
    const { url: called, host } = addressOf(url, { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' });

    expect(called.href).toBe('http://127.0.0.1:4566/dev');
    expect(host).toBe('ab12.execute-api.localhost:4566');
  });

  it('is among the outputs of the stack', () => {
    const outputs = { ItemsApiUrl: 'https://a', ItemsSocketUrl: 'wss://b', HttpApiUrl: 'https://c' };

    expect(apiUrls('items', { outputs })).toEqual(['https://a', 'wss://b']);
  });
});

describe('an API that was deployed', () => {
  let server: Server;
  let calls: string[];
  const problem = JSON.stringify({ type: '/problems/not-found', title: 'Not found', status: 404 });
  const signal = new AbortController().signal;

  const listen = async (answer: RequestListener) => {
    calls = [];
    server = createServer((request, response) => {
      calls.push(`${request.method} ${request.url}`);
      answer(request, response);
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const check = async (url: string, withinMs = 0) => checkApi(url, { env: {}, signal, withinMs, pauseMs: 5 });
  afterEach(() => void server.close());

  it('answers an unknown route with the service’s own 404', async () => {
    const host = await listen((_, response) =>
      response.writeHead(404, { 'content-type': 'application/problem+json' }).end(problem),
    );

    expect(await check(`http://${host}`)).toBeUndefined();
    expect(calls).toEqual(['GET /is-it-deployed']);
  });

  it.each([
    ['the gateway’s own 404', 404, 'application/json', '{"message":"Not Found"}'],
    ['a refusal', 403, 'application/json', '{"message":"Forbidden"}'],
    ['a function that does not start', 500, 'application/json', '{"message":"Internal Server Error"}'],
    ['another problem', 404, 'application/problem+json', '{"status":500}'],
    ['no JSON', 404, 'application/problem+json', '<html>'],
  ])('is at fault with %s', async (_, status, type, body) => {
    const host = await listen((_request, response) => response.writeHead(status, { 'content-type': type }).end(body));

    expect(await check(`http://${host}`)).toContain(`${status} ${type}: ${body}`);
  });

  it('is asked again until it answers', async () => {
    const host = await listen((_, response) =>
      calls.length < 3
        ? response.writeHead(503).end()
        : response.writeHead(404, { 'content-type': 'application/problem+json' }).end(problem),
    );

    expect(await check(`http://${host}`, 5000)).toBeUndefined();
    expect(calls).toHaveLength(3);
  });

  it('is at fault when nothing listens', async () => {
    const host = await listen((_, response) => response.end());
    await new Promise((resolve) => {
      server.close(resolve);
    });

    expect(await check(`http://${host}`)).toContain('cannot be called');
  });

  it('may ask a WebSocket who calls', async () => {
    const host = await listen((_, response) => response.writeHead(401).end());

    expect(await check(`ws://${host}/dev`)).toBeUndefined();
  });

  it.each([403, 500])(
    'is at fault when a WebSocket answers %i: its function failed, or may not be invoked',
    async (status) => {
      const host = await listen((_, response) => response.writeHead(status).end());

      expect(await check(`ws://${host}/dev`)).toContain(`neither accepted nor refused: ${status}`);
    },
  );

  it('may accept a WebSocket, which is closed at once', async () => {
    const host = await listen((_, response) => response.end());
    const closed = new Promise((resolve) => {
      server.on('upgrade', (_, socket) => {
        socket.on('end', () => socket.end(resolve)).resume();
        socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
      });
    });

    expect(await check(`ws://${host}/dev`)).toBeUndefined();
    await closed;
  });
});
