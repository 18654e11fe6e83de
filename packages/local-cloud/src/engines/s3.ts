import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { host } from '../portCheck.ts';
import { createFront } from '../s3/front.ts';
import type { Store } from '../s3/store.ts';
import type { Bucket, ObjectListener, SeedObject } from '../s3/types.ts';

export interface S3 {
  readonly endpoint: string;
  readonly label: string;
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
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** An engine that the caller names has its own buckets, and tells us of nothing. */
const given = (endpoint: string): S3 => ({
  endpoint,
  label: `${endpoint} (AWS_ENDPOINT_URL_S3)`,
  addBucket: async () => {},
  onObjectCreated: () => {},
  stop: async () => {},
});

/**
 * S3 in this process, its objects in `folder`. An `endpoint` that the caller names is used instead. s3rver is loaded, and
 * buckets are made, when the first request comes: that is 120 ms and 40 MB which a start need not wait for.
 */
export const startS3 = async ({ port, folder, endpoint, credentials }: S3Options): Promise<S3> => {
  if (endpoint) return given(endpoint);
  const buckets = new Map<string, Bucket>();
  const seeds = new Map<string, readonly SeedObject[]>();
  const listeners: ObjectListener[] = [];
  let opening: Promise<Store> | undefined;

  const makeBucket = async (store: Store, name: string) => {
    if (await store.createBucket(name)) for (const seed of seeds.get(name) ?? []) await store.put(name, seed);
  };
  const open = async () => {
    const { createStore } = await import('../s3/store.ts');
    const store = createStore({ folder: join(folder, 'buckets'), incoming: join(folder, 'incoming'), credentials });
    for (const name of buckets.keys()) await makeBucket(store, name);
    store.onObjectCreated((object) => listeners.forEach((listener) => listener(object)));
    return store;
  };
  const store = () => (opening ??= open());

  const server = createServer(createFront({ buckets, store, secretAccessKey: credentials.secretAccessKey }));
  server.requestTimeout = 0; // an upload takes as long as it takes
  await once(server.listen(port, host), 'listening');
  const address = server.address();
  return {
    endpoint: `http://${host}:${typeof address === 'object' ? address?.port : port}`,
    label: 's3rver',
    addBucket: async (bucket, seedObjects = []) => {
      buckets.set(bucket.name, bucket);
      seeds.set(bucket.name, seedObjects);
      if (opening) await makeBucket(await opening, bucket.name);
    },
    onObjectCreated: (listener) => void listeners.push(listener),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
