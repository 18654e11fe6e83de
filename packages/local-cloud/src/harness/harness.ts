import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Verdict } from '../cloud/verdict.ts';
import { startProcess } from './cloudProcess.ts';

export interface LocalCloudOptions {
  /** Other ports than a free range of its own. */
  readonly portBase?: number;
  /** A folder that stays; by default a temporary one that goes with the cloud. */
  readonly dataDir?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Variables that functions find in place of what they would, such as an endpoint with a proxy before it. */
  readonly functionEnvironment?: Readonly<Record<string, string>>;
  /** More options of `npm start`, such as `--sweep-seconds 0.2`. */
  readonly args?: readonly string[];
}

export interface LocalCloud {
  /** `gateway`, and each service by its name. */
  readonly urls: Readonly<Record<string, string>>;
  readonly endpoints: { readonly dynamodb: string; readonly s3?: string; readonly sqs?: string; readonly ssm?: string };
  readonly pid: number;
  /** What it has printed so far. */
  readonly output: () => string;
  /**
   * Rejects where a function has asked for what its role does not allow, or has called from no invocation. Resolves to what
   * was judged, if it was.
   */
  readonly stop: () => Promise<Verdict | undefined>;
}

const attempts = 5;
/** Bases whose ranges do not touch each other's, below the ports that systems hand out by themselves. */
const randomBase = () => 10_000 + 160 * Math.floor(Math.random() * 30);

const sufficient = (rights: Verdict | undefined) => {
  const { missing = [], strays = [] } = rights ?? {};
  if (missing.length > 0)
    throw new Error(`Functions lack rights that they use (functions.yml):\n${missing.join('\n')}`);
  if (strays.length > 0) throw new Error(`Calls of functions belong to no invocation:\n${strays.join('\n')}`);
  return rights;
};

/** Where a run of tests wants to have the verdict on each cloud that it starts: RIGHTS_FOLDER. */
const keepVerdict = async (verdict: Verdict | undefined) => {
  const folder = process.env['RIGHTS_FOLDER'];
  if (folder && verdict) await writeFile(join(folder, `${randomUUID()}.json`), JSON.stringify(verdict));
};

const start = async (portBase: number, dataDir: string, options: LocalCloudOptions): Promise<LocalCloud> => {
  const { env, functionEnvironment = {}, args = [] } = options;
  const variables = Object.entries(functionEnvironment).flatMap(([name, value]) => [
    '--function-env',
    `${name}=${value}`,
  ]);
  const { report, output, rights, pid, stop } = await startProcess(
    ['--port-base', String(portBase), '--data', dataDir, '--judge-rights', ...variables, ...args],
    env,
  );
  const { gateway, services, dynamodb, s3, sqs, ssm } = report;
  return {
    urls: {
      ...(gateway !== undefined && { gateway }),
      ...Object.fromEntries(services.map(({ name, url }) => [name, url])),
    },
    endpoints: {
      dynamodb: dynamodb.endpoint,
      ...(s3 && { s3: s3.endpoint }),
      ...(sqs && { sqs: sqs.endpoint }),
      ...(ssm && { ssm: ssm.endpoint }),
    },
    pid,
    output,
    stop: async () => {
      await stop();
      const verdict = rights();
      await keepVerdict(verdict);
      return sufficient(verdict);
    },
  };
};

const isPortConflict = ({ message }: Error) => /is taken|EADDRINUSE|ddress already in use/.test(message);

/**
 * Starts a local cloud in a process of its own, on ports of its own and with its own data, and resolves when it is ready.
 * Rejects with what it printed when it does not start. Two test runs at once do not meet: taken ports are tried anew.
 */
export const startLocalCloud = async (options: LocalCloudOptions = {}): Promise<LocalCloud> => {
  const temporary = options.dataDir ? undefined : await mkdtemp(join(tmpdir(), 'local-cloud-'));
  const dataDir = options.dataDir ?? temporary ?? '';
  const forget = async () => {
    if (temporary) await rm(temporary, { recursive: true, force: true });
  };
  for (let attempt = 1; ; attempt += 1) {
    try {
      const cloud = await start(options.portBase ?? randomBase(), dataDir, options);
      const stop = async () => {
        try {
          return await cloud.stop();
        } finally {
          await forget();
        }
      };
      return { ...cloud, stop };
    } catch (error) {
      if (options.portBase === undefined && attempt < attempts && isPortConflict(error as Error)) continue;
      await forget();
      throw error;
    }
  }
};
