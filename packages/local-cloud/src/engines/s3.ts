import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { host } from '../portCheck.ts';
import { createFront } from '../s3/front.ts';
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

/** S3 in this process, its objects in `folder`. An `endpoint` that the caller names is used instead. */
export const startS3 = async ({ port, folder, endpoint, credentials }: S3Options): Promise<S3> => {
  if (endpoint) return given(endpoint);
  const { createStore } = await import('../s3/store.ts');
  const buckets = new Map<string, Bucket>();
  const store = createStore({ folder: join(folder, 'buckets'), incoming: join(folder, 'incoming'), credentials });
  const server = createServer(createFront({ buckets, store, secretAccessKey: credentials.secretAccessKey }));
  server.requestTimeout = 0; // an upload takes as long as it takes
  await once(server.listen(port, host), 'listening');
  const address = server.address();
  return {
    endpoint: `http://${host}:${typeof address === 'object' ? address?.port : port}`,
    label: 's3rver',
    addBucket: async (bucket, seeds = []) => {
      buckets.set(bucket.name, bucket);
      if (await store.createBucket(bucket.name)) for (const seed of seeds) await store.put(bucket.name, seed);
    },
    onObjectCreated: store.onObjectCreated,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
