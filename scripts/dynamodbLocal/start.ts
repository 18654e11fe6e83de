import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

const pom = join(import.meta.dirname, 'pom.xml');
const library = join(import.meta.dirname, '../../node_modules/.cache/dynamodb-local');
const main = 'com.amazonaws.services.dynamodbv2.local.main.ServerRunner';
const host = '127.0.0.1';

/** Fetches the engine from Maven Central, once. */
const install = async () => {
  const isThere = await access(join(library, 'installed')).then(
    () => true,
    () => false,
  );
  if (isThere) return;
  const goals = ['-q', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${library}`];
  await promisify(execFile)('mvn', goals);
  await promisify(execFile)('touch', [join(library, 'installed')]);
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
};

const isListening = async (port: number) => {
  const socket = connect(port, host);
  const connected = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return connected;
};

/** Starts DynamoDB Local in memory, on a free port of the loopback address; needs Java and Maven on PATH. */
export const startDynamodbLocal = async () => {
  await install();
  const port = await freePort();
  const args = [`-Djava.library.path=${library}`, '-cp', `${library}/*`, main, '-inMemory', '-port', String(port)];
  const child = spawn('java', args, { cwd: library, stdio: 'ignore' });
  for (let tries = 0; tries < 200 && child.exitCode === null; tries++) {
    if (await isListening(port)) return { endpoint: `http://${host}:${port}`, stop: () => child.kill() };
    await wait(100);
  }
  child.kill();
  throw new Error('DynamoDB Local did not start within 20 s');
};
