import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Gate } from '../gate/gate.ts';
import { openGate } from '../gate/openGate.ts';
import { secretOf } from '../identity/accessKeys.ts';
import { host } from '../process/portCheck.ts';
import { createFront } from './front.ts';
import { writeSeeds } from './seeds.ts';
import { openStore } from './store.ts';
import type { Bucket, ObjectListener, SeedObject } from './types.ts';

export interface S3 {
  readonly endpoint: string;
  /** The endpoint as others reach it: by the first allowed host, if one is given. */
  readonly publicEndpoint: string;
  readonly label: string;
  /** False for an engine that the caller names: it has its own buckets, and tells us of nothing. */
  readonly isOwn: boolean;
  /** Makes a bucket, or takes the one that is there; seeds go into a new one only. */
  readonly addBucket: (bucket: Bucket, seeds?: readonly SeedObject[]) => Promise<void>;
  /** From now on hears of every object that is created. */
  readonly onObjectCreated: (listener: ObjectListener) => void;
  readonly stop: () => Promise<void>;
}

export interface S3Options {
  readonly port: number;
  readonly folder: string;
  readonly endpoint?: string | undefined;
  readonly gate?: Gate;
  /** Names of this machine, besides local ones, that requests and signed links may come with. */
  readonly allowedHosts?: readonly string[];
  readonly log?: (message: string) => void;
}

const given = (endpoint: string): S3 => ({
  endpoint,
  publicEndpoint: endpoint,
  label: `${endpoint} (AWS_ENDPOINT_URL_S3)`,
  isOwn: false,
  addBucket: async () => {},
  onObjectCreated: () => {},
  stop: async () => {},
});

/** S3 in this process, its objects in `folder`. An `endpoint` that the caller names is used instead. */
export const startS3 = async (options: S3Options): Promise<S3> => {
  const { port, folder, endpoint, allowedHosts = [], gate = openGate() } = options;
  const { log = (message: string) => void process.stdout.write(`${message}\n`) } = options;
  if (endpoint) return given(endpoint);
  const buckets = new Map<string, Bucket>();
  const store = openStore(folder);
  const authority = { own: '' };
  const signedHosts = () => [authority.own];
  const server = createServer(createFront({ buckets, secretOf, gate, allowedHosts, signedHosts, store, log }));
  server.requestTimeout = 0; // an upload takes as long as it takes
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
    else socket.destroy();
  });
  await once(server.listen(port, host), 'listening');
  const address = server.address();
  const listening = typeof address === 'object' ? (address?.port ?? port) : port;
  authority.own = `${host}:${listening}`;
  const [publicHost = host] = allowedHosts;
  return {
    endpoint: `http://${host}:${listening}`,
    publicEndpoint: `http://${publicHost}:${listening}`,
    label: 'files, and SQLite as their catalog',
    isOwn: true,
    addBucket: async (bucket, seeds = []) => {
      if (!store.catalog.hasBucket(bucket.name)) {
        await writeSeeds(store, bucket.name, seeds);
        store.catalog.addBucket(bucket.name); // last: seeding that is cut short begins again
      }
      buckets.set(bucket.name, bucket);
    },
    onObjectCreated: store.onObjectCreated,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      store.close();
    },
  };
};
