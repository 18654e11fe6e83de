import { dirname, join } from 'node:path';
import { explain } from '../../data/explain.ts';
import type { Gate } from '../../gate/gate.ts';
import { openGate } from '../../gate/openGate.ts';
import { assertAnswers } from '../../process/namedEndpoint.ts';
import { waitUntilListening } from '../../process/portCheck.ts';
import { type Address, hiddenAddress, plainAddress } from '../front/address.ts';
import { type FrontOptions, startFront } from '../front/front.ts';
import { type BoundProcess, startBound } from './boundProcess.ts';
import { type DynamodbEngine, dynamodbEngines, type Machine, whatToDo } from './choice.ts';
import { type Installation, installDynamodbLocal, installDynoxide } from './installers.ts';

export interface Dynamodb {
  readonly endpoint: string;
  readonly label: string;
  /** The SQLite file of an engine of ours that has one. */
  readonly file?: string | undefined;
  /** Resolves to its last lines if it dies. */
  readonly ended: Promise<string>;
  readonly stop: () => Promise<void>;
}

export interface DynamodbOptions {
  /** Where callers find it. */
  readonly port: number;
  /** Whether an endpoint that is given is another local cloud's. */
  readonly isShared?: boolean;
  /** Of its data. What must be installed to run it goes into the folder `engine` beside. */
  readonly folder: string;
  /** Hosts besides the local ones under which it answers, in lower case and without a port. */
  readonly allowedHosts?: readonly string[];
  readonly gate?: Gate;
  /** Hears of each call that was carried out. */
  readonly wrote?: FrontOptions['wrote'];
  readonly log?: (message: string) => void;
}

type OwnEngine = Exclude<DynamodbEngine, { kind: 'endpoint' }>;
type Command = (address: Address) => readonly string[];

const longestBoot = 30_000; // Java takes seconds; dynoxide answers in 10 ms

/** The developer's own variables stay outside of the engine. */
const passedOn = new Set(['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SYSTEMROOT', 'JAVA_HOME']);
const engineEnvironment = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => passedOn.has(name.toUpperCase())));

const fileIn = (folder: string) => join(folder, 'dynamodb.sqlite');

const dynoxide =
  (binary: string, folder: string): Command =>
  ({ host, port }) => [binary, '--host', host, '--port', String(port), '--db-path', fileIn(folder)];

/** It listens on every address of the machine, and cannot be told otherwise. */
const dynamodbLocal =
  (library: string, folder: string): Command =>
  ({ port }) => [
    'java',
    `-Djava.library.path=${library}`,
    '-cp',
    join(library, '*'),
    'com.amazonaws.services.dynamodbv2.local.main.ServerRunner',
    '-sharedDb',
    '-disableTelemetry',
    '-dbPath',
    folder,
    '-port',
    String(port),
  ];

/** Installs what the engine needs; resolves to how it is started, and where it can listen. */
const prepare = async (engine: OwnEngine, folder: string, installation: Installation) => {
  if (engine.kind === 'dynamodb-local') {
    const library = await installDynamodbLocal(installation);
    return { command: dynamodbLocal(library, folder), addressOf: plainAddress, file: undefined };
  }
  const binary = engine.kind === 'dynoxide' ? engine.binary : await installDynoxide(engine, installation);
  return { command: dynoxide(binary, folder), addressOf: hiddenAddress, file: fileIn(folder) };
};

const startAt = async (command: readonly string[], { host, port }: Address, cwd: string): Promise<BoundProcess> => {
  const started = startBound(command, { cwd, env: engineEnvironment() });
  const failed = new AbortController();
  const lines = started.ended.then((last) => {
    failed.abort();
    return last;
  });
  if ((await waitUntilListening(port, longestBoot, failed.signal, host)) && !failed.signal.aborted) return started;
  await started.stop();
  throw new Error(await lines);
};

const isAboutAddress = ({ message }: Error) => /address|in use|bind/i.test(message);

/** Starts it where it can listen: a taken address is followed by another, at last by one that every machine has. */
const startSomewhere = async (command: Command, addresses: readonly Address[], cwd: string) => {
  for (const [index, address] of addresses.entries()) {
    try {
      return { address, started: await startAt(command(address), address, cwd) };
    } catch (error) {
      if (index === addresses.length - 1 || !isAboutAddress(error as Error)) throw error;
    }
  }
  throw new Error('There is no address to listen at.');
};

const startFrontOf = ({ port, allowedHosts = [], gate = openGate(), wrote = () => {} }: DynamodbOptions) =>
  startFront({ port, allowedHosts, gate, wrote });

/**
 * An engine that the caller named, behind a front of ours as well: what is called there is known too, and an engine that
 * keeps a database for each key sees one caller. A front that is another local cloud's is taken as it is, and so is an
 * engine that speaks TLS.
 */
const named = async (endpoint: string, label: string, options: DynamodbOptions): Promise<Dynamodb> => {
  await assertAnswers('AWS_ENDPOINT_URL_DYNAMODB', endpoint);
  const neverEnds = new Promise<string>(() => {});
  const { hostname, port, protocol } = new URL(endpoint);
  if (options.isShared || protocol === 'https:') return { endpoint, label, ended: neverEnds, stop: async () => {} };
  const front = await startFrontOf(options);
  front.pointAt({ host: hostname, port: Number(port || 80) });
  return { endpoint: front.url, label, ended: neverEnds, stop: front.stop };
};

const logToTerminal = (message: string) => void process.stderr.write(`${message}\n`);

const startFirst = async (
  machine: Machine,
  engines: readonly OwnEngine[],
  { folder, log = logToTerminal }: DynamodbOptions,
) => {
  const failures: string[] = [];
  for (const engine of engines) {
    try {
      const installation = { folder: join(dirname(folder), 'engine'), log };
      const { command, addressOf, file } = await prepare(engine, folder, installation);
      const addresses = [addressOf(), addressOf(), addressOf(), plainAddress()];
      return { ...(await startSomewhere(command, addresses, folder)), label: engine.label, file };
    } catch (error) {
      const { message } = error as Error;
      const reason = explain(message, { data: dirname(folder) }) ?? message;
      failures.push(`${engine.label}, with its data in ${folder}: ${reason}`);
    }
  }
  const advice = machine.binary ? [] : [whatToDo(machine)];
  throw new Error(['DynamoDB could not be started.', ...failures, ...advice].join('\n'));
};

/**
 * Starts the first engine that this machine can run, with its data in `folder`, where no web page finds it, and on `port`
 * a front that keeps pages out. Throws, naming each, when none starts.
 */
export const startDynamodb = async (machine: Machine, options: DynamodbOptions): Promise<Dynamodb> => {
  const engines: OwnEngine[] = [];
  for (const engine of dynamodbEngines(machine)) {
    if (engine.kind === 'endpoint') return named(engine.endpoint, engine.label, options);
    engines.push(engine);
  }
  const front = await startFrontOf(options);
  try {
    const { address, started, label, file } = await startFirst(machine, engines, options);
    front.pointAt(address);
    const stop = async () => {
      await front.stop();
      await started.stop();
    };
    return { endpoint: front.url, label, file, ended: started.ended, stop };
  } catch (error) {
    await front.stop();
    throw error;
  }
};
