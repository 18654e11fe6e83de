import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Machine } from '../../src/dynamodb/engine/choice.ts';
import { type Dynamodb, startDynamodb } from '../../src/dynamodb/engine/engine.ts';
import { findNpm, thisMachine } from '../../src/dynamodb/engine/machine.ts';
import { processesMentioning } from './support/processes.ts';
import { startRegistry } from './support/standInRegistry.ts';

const here = thisMachine({});
/** As on a platform for which the lockfile has no engine. */
const elsewhere: Machine = { ...here, binary: undefined, npm: findNpm(process.env) };
let data: string;
let folder: string;
let engine: Dynamodb | undefined;
let said: string[];
const log = (message: string) => void said.push(message);

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'engine-'));
  folder = join(data, 'dynamodb');
  await mkdir(folder);
  said = [];
});

afterEach(async () => {
  await engine?.stop();
  engine = undefined;
  await rm(data, { recursive: true });
});

const tablesAt = async (endpoint: string) => {
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const client = new DynamoDBClient({ endpoint, region: 'eu-west-1', credentials });
  return (await client.send(new ListTablesCommand({}))).TableNames;
};
const commandLines = async () =>
  (await processesMentioning(`db-path ${folder}`))
    .map(({ command }) => command)
    .filter((line) => !line.startsWith('sh '));

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

/** Puts a program of this name into a folder of the test's own. */
const pretend = async (name: string, script: string) => {
  await mkdir(join(data, 'bin'), { recursive: true });
  await writeFile(join(data, 'bin', name), `#!/bin/sh\n${script}\n`);
  await chmod(join(data, 'bin', name), 0o755);
};

describe('the engine', () => {
  it('listens where no page finds it, and is reached through its front', async () => {
    engine = await startDynamodb(here, { port: 0, folder, log });

    const [line = ''] = await commandLines();
    const [, host, port] = /--host (\S+) --port (\d+)/.exec(line) ?? [];
    expect(host).toMatch(process.platform === 'linux' ? /^127\.(?!0\.)/ : /^127\.0\.0\.1$/);
    expect(engine.endpoint).not.toContain(port);
    expect(engine.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:/);
    expect(await tablesAt(engine.endpoint)).toEqual([]);
    expect(said).toEqual([]);
  });

  it('is noticed when it dies', async () => {
    engine = await startDynamodb(here, { port: 0, folder, log });
    const running = await processesMentioning(`db-path ${folder}`);
    const { pid = Number.NaN } = running.find(({ command }) => !command.startsWith('sh ')) ?? {};

    process.kill(pid, 'SIGKILL');

    await expect(engine.ended).resolves.toEqual(expect.any(String));
    await expect(tablesAt(engine.endpoint)).rejects.toMatchObject({ $metadata: { httpStatusCode: 503 } });
  });

  it('listens somewhere else when its address is taken, at last where every machine has one', async () => {
    const tries = join(data, 'tries');
    const isTaken = 'echo "error: failed to bind: Address not available"; exit 1';
    await pretend(
      'engine',
      `echo "$@" >> ${tries}; [ $(wc -l < ${tries}) -gt 3 ] || { ${isTaken}; }; exec "${here.binary}" "$@"`,
    );

    engine = await startDynamodb({ ...here, binary: join(data, 'bin', 'engine') }, { port: 0, folder, log });

    const lines = (await readFile(tries, 'utf8')).trim().split('\n');
    expect(lines).toHaveLength(4);
    expect(lines.at(-1)).toMatch(/--host 127\.0\.0\.1 /);
    expect(await tablesAt(engine.endpoint)).toEqual([]);
  });

  it('gets nothing of the developer’s environment', async () => {
    const variables = join(data, 'variables');
    await pretend('engine', `env > ${variables}; exec "${here.binary}" "$@"`);
    Object.assign(process.env, { AWS_PROFILE: 'production', RUST_LOG: 'trace', NODE_OPTIONS: '--inspect' });

    engine = await startDynamodb({ ...here, binary: join(data, 'bin', 'engine') }, { port: 0, folder, log });

    for (const name of ['AWS_PROFILE', 'RUST_LOG', 'NODE_OPTIONS']) delete process.env[name];
    expect(await readFile(variables, 'utf8')).toContain('PATH=');
    expect(await readFile(variables, 'utf8')).not.toMatch(/AWS_|RUST_|NODE_/);
  });

  it('that cannot start names its data, and leaves the port free', async () => {
    await writeFile(
      join(folder, 'dynamodb.sqlite'),
      'not a database, but long enough to be read as the head of one'.repeat(99),
    );
    const port = await freePort();

    await expect(startDynamodb(here, { port, folder, log })).rejects.toThrow(folder);

    engine = await startDynamodb(here, { port, folder: join(folder, '..'), log });
  });
});

describe('an endpoint that the developer named', () => {
  it.each(['http://127.0.0.1:9', 'http://[::1]:9/', 'http://nothing.invalid:8000'])(
    'is reported at the start when nothing answers: %s',
    async (endpoint) => {
      const starting = startDynamodb({ ...here, endpoint }, { port: 0, folder, log });

      await expect(starting).rejects.toThrow(`Nothing answers at ${endpoint}, which AWS_ENDPOINT_URL_DYNAMODB names`);
    },
  );

  it.each(['localhost:8000', '127.0.0.1:8000', 'ftp://127.0.0.1', 'x'])(
    'is reported when it is no URL: %s',
    async (endpoint) => {
      const starting = startDynamodb({ ...here, endpoint }, { port: 0, folder, log });

      await expect(starting).rejects.toThrow(
        `AWS_ENDPOINT_URL_DYNAMODB must be a URL such as http://127.0.0.1:8001, not "${endpoint}"`,
      );
    },
  );

  it('is what is called, behind a front of ours: by one caller, whoever that is', async () => {
    const signatures: string[] = [];
    const named = createHttpServer((request, response) => {
      signatures.push(request.headers.authorization ?? '');
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{"TableNames":["there"]}');
    });
    await once(named.listen(0, '127.0.0.1'), 'listening');
    const endpoint = `http://127.0.0.1:${(named.address() as AddressInfo).port}`;

    engine = await startDynamodb({ ...here, endpoint }, { port: 0, folder, log });

    expect(await tablesAt(engine.endpoint)).toEqual(['there']);
    expect(signatures.at(-1)).toContain('Credential=MockAccessKeyId/');
    named.close();
  });

  it('is used as it is where it is another local cloud’s', async () => {
    const other = await startDynamodb(here, { port: 0, folder, log });
    engine = await startDynamodb({ ...here, endpoint: other.endpoint }, { port: 0, folder, isShared: true, log });

    expect(engine.endpoint).toBe(other.endpoint);
    await other.stop();
  });
});

describe('a machine for which the lockfile has no engine', () => {
  const platform = `@dynoxide/${process.platform}-${process.arch}`;
  let registry: Awaited<ReturnType<typeof startRegistry>>;

  /** The engine’s package as npm has it: the program is in a package of its platform. */
  const startStandIn = async (optionalDependencies: Record<string, string> = { [platform]: here.version }) => {
    const { version } = here;
    const binary = await readFile(here.binary ?? '');
    registry = await startRegistry([
      { manifest: { name: 'dynoxide', version, optionalDependencies }, files: {} },
      {
        manifest: { name: platform, version, os: [process.platform], cpu: [process.arch] },
        files: { dynoxide: binary },
      },
    ]);
    process.env['npm_config_registry'] = registry.url;
  };
  const start = async () => {
    engine = await startDynamodb(elsewhere, { port: 0, folder, log });
    const tables = await tablesAt(engine.endpoint);
    await engine.stop();
    return tables;
  };

  beforeEach(() => {
    process.env['npm_config_cache'] = join(data, 'npm');
  });
  afterEach(() => {
    registry.stop();
    delete process.env['npm_config_registry'];
    delete process.env['npm_config_cache'];
  });

  it('gets the pinned version from npm once, and says so', async () => {
    await startStandIn();

    expect(await start()).toEqual([]);
    expect(said).toEqual([
      `Installing dynoxide ${here.version} for ${process.platform}-${process.arch} from npm into ${join(data, 'engine')}, once.`,
    ]);
    registry.stop();
    expect(await start()).toEqual([]);
    expect(said).toHaveLength(1);
  });

  it('installs anew what was cut off or damaged', async () => {
    await startStandIn();
    const installed = join(data, 'engine', `dynoxide-${here.version}`);
    await mkdir(`${installed}.99.partial/node_modules`, { recursive: true });

    await start();
    await truncate(join(installed, 'node_modules', platform, 'dynoxide'), 1000);
    await start();

    expect(said).toHaveLength(2);
    expect(await readdir(join(data, 'engine'))).toEqual([`dynoxide-${here.version}`]);
  });

  it('says what can be done when npm has no engine for its platform', async () => {
    await startStandIn({});
    const lacking = { ...elsewhere, hasJava: false };

    const starting = startDynamodb(lacking, { port: 0, folder, log });

    await expect(starting).rejects.toThrow(
      /dynoxide [\d.]+ from npm.*brought no [^]*Java 17 or later[^]*AWS_ENDPOINT_URL_DYNAMODB=/,
    );
    expect(await readdir(join(data, 'engine'))).toEqual([]);
  });

  it('says what npm said when the registry does not have it', async () => {
    registry = await startRegistry([]);
    process.env['npm_config_registry'] = registry.url;

    const starting = startDynamodb({ ...elsewhere, hasMaven: false }, { port: 0, folder, log });

    await expect(starting).rejects.toThrow(/E404[^]*Maven on PATH/);
    expect(await readdir(join(data, 'engine'))).toEqual([]);
  });

  it('gets DynamoDB Local, where Java and Maven are and npm is not', async () => {
    registry = await startRegistry([]);
    const { PATH = '' } = process.env;
    await pretend(
      'mvn',
      'for word; do case $word in -DoutputDirectory=*) touch "${word#*=}/DynamoDBLocal-2.5.4.jar";; esac; done',
    );
    await pretend(
      'java',
      `while [ "$1" != -port ]; do shift; done; exec "${here.binary}" --host 127.0.0.1 --port "$2"`,
    );
    process.env['PATH'] = [join(data, 'bin'), PATH].join(delimiter);
    const machine = { ...elsewhere, npm: undefined, hasJava: true, hasMaven: true };

    engine = await startDynamodb(machine, { port: 0, folder, log });

    process.env['PATH'] = PATH;
    expect(engine.label).toBe('DynamoDB Local (Java)');
    expect(await tablesAt(engine.endpoint)).toEqual([]);
    expect(said).toEqual([expect.stringMatching(/^Installing DynamoDB Local 2\.5\.4 from Maven Central/)]);
  });

  it('names the choices where nothing is to be had', async () => {
    registry = await startRegistry([]);
    const machine = { ...elsewhere, npm: undefined, hasJava: false, hasMaven: false };

    const starting = startDynamodb(machine, { port: 0, folder, log });

    await expect(starting).rejects.toThrow(
      /npm that reaches[^]*Java 17 or later and Maven[^]*AWS_ENDPOINT_URL_DYNAMODB=/,
    );
  });
});
