import { once } from 'node:events';
import type { Gate } from '../gate/gate.ts';
import { openGate } from '../gate/openGate.ts';
import { createGuard } from '../guard/guard.ts';
import { awsEnvironment } from '../process/environment.ts';
import { host } from '../process/portCheck.ts';
import { adaptApp } from './app.ts';
import { createFront } from './front.ts';
import type { QueueStore } from './types.ts';

export interface Sqs {
  readonly endpoint: string;
  readonly label: string;
  readonly stop: () => Promise<void>;
}

export interface SqsOptions {
  readonly port: number;
  /** An engine that the caller names, in place of ours. */
  readonly endpoint?: string | undefined;
  /** Where queues outlast this process; without one they are kept in its memory. */
  readonly folder?: string | undefined;
  /** Names that `Host` may have besides those of this machine. */
  readonly allowedHosts?: readonly string[];
  readonly gate?: Gate;
  readonly log?: (message: string) => void;
}

/** Our patch of fauxqs exports its stores. */
type Stores = Readonly<Record<'SqsStore' | 'SnsStore' | 'S3Store', new () => object>>;

/** Fills the store from the folder's file, and keeps that up to date. Resolves to what closes it. */
const keepIn = async (folder: string, store: QueueStore, log: (message: string) => void) => {
  const [{ fileIn, naming, openDatabase }, { createJournal }, { restore }] = await Promise.all([
    import('./database.ts'),
    import('./journal.ts'),
    import('./restore.ts'),
  ]);
  const database = openDatabase(folder);
  naming(fileIn(folder), () => restore(database, store));
  const { persistence, keep } = createJournal(database, store, log);
  for (const queue of store.allQueues()) keep(queue);
  store.persistence = persistence;
  return () => database.close();
};

/**
 * SQS and SNS, in this process. With a `folder`, queues and their messages outlast it, however it ends; topics and
 * subscriptions do not. Throws, naming the file, when that cannot be opened or another process uses it.
 */
export const startSqs = async (options: SqsOptions): Promise<Sqs> => {
  const { port, endpoint, folder, allowedHosts, gate = openGate(), log = () => {} } = options;
  if (endpoint) return { endpoint, label: `${endpoint} (AWS_ENDPOINT_URL_SQS)`, stop: async () => {} };
  const { buildApp, ...exports } = await import('fauxqs');
  const { SqsStore, SnsStore, S3Store } = exports as unknown as Stores;
  const sqsStore = new SqsStore() as QueueStore;
  sqsStore.host = ''; // URLs name the request's own host
  const close = folder === undefined ? () => {} : await keepIn(folder, sqsStore, log);
  const stores = { sqsStore, snsStore: new SnsStore(), s3Store: new S3Store() } as never;
  const app = buildApp({ logger: false, stores, defaultRegion: awsEnvironment('')['AWS_REGION'] ?? '' });
  adaptApp(app, sqsStore, gate);
  await app.ready();
  const front = createFront({
    guard: createGuard(allowedHosts),
    pass: (request, response) => app.routing(request, response),
  });
  await once(front.listen(port, host), 'listening');
  const address = front.address();
  return {
    endpoint: `http://${host}:${typeof address === 'object' ? address?.port : port}`,
    label: folder === undefined ? 'fauxqs, in memory' : 'fauxqs',
    stop: async () => {
      front.closeAllConnections();
      await Promise.all([app.close(), new Promise((resolve) => front.close(resolve))]);
      close();
    },
  };
};
