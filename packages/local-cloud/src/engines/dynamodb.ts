import { dirname, join } from 'node:path';
import { explain } from '../data/explain.ts';
import { host, waitUntilListening } from '../portCheck.ts';
import { type BoundProcess, startBound } from './boundProcess.ts';
import { type DynamodbEngine, dynamodbEngines, type Machine } from './choice.ts';

export interface Dynamodb {
  readonly endpoint: string;
  readonly label: string;
  /** Resolves to its last lines if it dies. */
  readonly ended: Promise<string>;
  readonly stop: () => Promise<void>;
}

const installAndBoot = 120_000; // npx may have to fetch it; an installed binary answers in 10 ms

const commandOf = (engine: Exclude<DynamodbEngine, { kind: 'endpoint' }>, port: number, folder: string) =>
  engine.kind === 'command'
    ? [...engine.command, '--host', host, '--port', String(port), '--db-path', join(folder, 'dynamodb.sqlite')]
    : [
        process.execPath,
        join(import.meta.dirname, 'serverlessDynamodb.ts'),
        String(port),
        folder,
        String(engine.docker),
      ];

const whenReady = async (started: BoundProcess, port: number) => {
  const failed = new AbortController();
  const lines = started.ended.then((last) => {
    failed.abort();
    return last;
  });
  if (await waitUntilListening(port, installAndBoot, failed.signal)) return;
  await started.stop();
  throw new Error(await lines);
};

const given = (endpoint: string, label: string): Dynamodb => ({
  endpoint,
  label,
  ended: new Promise(() => {}),
  stop: async () => {},
});

/** Starts the first engine that this machine can run, with its data in `folder`. Throws, naming each, when none starts. */
export const startDynamodb = async (
  machine: Machine,
  { port, folder }: { port: number; folder: string },
): Promise<Dynamodb> => {
  const failures: string[] = [];
  for (const engine of dynamodbEngines(machine)) {
    if (engine.kind === 'endpoint') return given(engine.endpoint, engine.label);
    const started = startBound(commandOf(engine, port, folder), { cwd: folder });
    try {
      await whenReady(started, port);
      return { endpoint: `http://${host}:${port}`, label: engine.label, ...started };
    } catch (error) {
      const { message } = error as Error;
      failures.push(`${engine.label}: ${explain(message, { data: dirname(folder) }) ?? message}`);
    }
  }
  throw new Error(`DynamoDB could not be started.\n${failures.join('\n')}`);
};
