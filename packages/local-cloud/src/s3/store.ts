import { randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync, rmSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { dirname, join } from 'node:path';
import { createS3rver, type FileStore, type S3rverEvent } from './s3rver.ts';
import type { ObjectListener, SeedObject } from './types.ts';

interface StoreOptions {
  readonly folder: string;
  /** Where uploads lie until they are whole. */
  readonly incoming: string;
  readonly credentials: Parameters<typeof createS3rver>[1];
}

/** One after another: s3rver removes folders that have become empty, also from under an object that is just coming. */
const createTurns = () => {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  };
};

/**
 * As in S3, an object is there as a whole or not at all: an upload that breaks off leaves what was there before, and who
 * reads while one is written over sees either. (An object is three files.)
 */
const makeAtomic = (files: FileStore, incoming: string, inTurn: ReturnType<typeof createTurns>) => {
  const find = files.getObject.bind(files);
  files.getObject = (...which) => inTurn(() => find(...which));
  const remove = files.deleteObject.bind(files);
  files.deleteObject = (bucket, key) => inTurn(() => remove(bucket, key));
  files.putObject = async ({ bucket, key, content, metadata }) => {
    const path = files.getResourcePath(bucket, key, 'object');
    const part = join(incoming, randomUUID());
    try {
      const [size, md5] = await files.putContent(part, content);
      await inTurn(async () => {
        await mkdir(dirname(path), { recursive: true });
        await files.putMetadata(bucket, key, metadata, md5);
        await rename(part, path);
      });
      return { size, md5 };
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
  };
};

const createdObjects = ({ Records }: S3rverEvent) =>
  Records.filter(({ eventName }) => eventName.startsWith('ObjectCreated:')).map(
    ({ eventName, s3: { bucket, object } }) => ({
      bucket: bucket.name,
      key: object.key,
      size: object.size ?? 0,
      etag: object.eTag ?? '',
      how: eventName.split(':')[1] ?? '',
    }),
  );

export const createStore = ({ folder, incoming, credentials }: StoreOptions) => {
  rmSync(incoming, { recursive: true, force: true });
  for (const each of [folder, incoming]) mkdirSync(each, { recursive: true });
  const server = createS3rver(folder, credentials);
  const files = server.store;
  const inTurn = createTurns();
  makeAtomic(files, incoming, inTurn);
  const answer = server.callback();
  return {
    answer: ((request, response) => void answer(request, response)) satisfies RequestListener,

    /** Resolves to whether it is new. */
    createBucket: async (bucket: string): Promise<boolean> => {
      if (await files.getBucket(bucket)) return false;
      await files.putBucket(bucket);
      return true;
    },

    put: async (bucket: string, { key, contentType, file }: SeedObject) => {
      const metadata = { 'content-type': contentType };
      await files.putObject({ bucket, key, content: createReadStream(file), metadata });
    },

    /** With its quotes; undefined where there is no such object. */
    entityTag: (bucket: string, key: string): Promise<string | undefined> =>
      inTurn(async () =>
        (await files.existsObject(bucket, key)) ? (await files.getMetadata(bucket, key)).etag : undefined,
      ),

    onObjectCreated: (listener: ObjectListener) =>
      server.on('event', (event) => {
        for (const object of createdObjects(event)) listener(object);
      }),
  };
};

export type Store = ReturnType<typeof createStore>;
