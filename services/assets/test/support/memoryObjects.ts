import type { ObjectStore, StoredObject } from '../../src/objects/objectStore.ts';

/** A bucket that nothing listens to. */
export const memoryObjects = () => {
  const stored = new Map<string, StoredObject>();
  const objects: Pick<ObjectStore, 'find' | 'remove'> = {
    find: (s3Key) => Promise.resolve(stored.get(s3Key)),
    remove: (s3Key, etag) => {
      if (etag === undefined || stored.get(s3Key)?.etag === etag) stored.delete(s3Key);
      return Promise.resolve();
    },
  };
  return {
    ...objects,
    has: (s3Key: string) => stored.has(s3Key),
    /** As a client does by the URL of its asset. */
    upload: ({ s3Key, createdAt }: { s3Key: string; createdAt: string }, size = 5) =>
      void stored.set(s3Key, { size, contentType: 'text/plain', etag: '"abc"', uploadedFor: createdAt }),
  };
};
