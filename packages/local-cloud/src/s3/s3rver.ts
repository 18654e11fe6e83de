import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { Readable } from 'node:stream';

/** The little of s3rver that is touched; it publishes no types. */
export interface StoredObject {
  readonly bucket: string;
  readonly key: string;
  readonly content: Readable | Buffer;
  readonly metadata: Readonly<Record<string, unknown>>;
}
export interface FileStore {
  getBucket(bucket: string): Promise<object | null>;
  putBucket(bucket: string): Promise<object>;
  existsObject(bucket: string, key: string): Promise<boolean>;
  /** With the entity tag in its quotes. Throws ENOENT where there is no such object. */
  getMetadata(bucket: string, key: string): Promise<{ readonly etag: string }>;
  getResourcePath(bucket: string, key: string, resource: string): string;
  putContent(path: string, content: StoredObject['content']): Promise<[size: number, md5: string]>;
  putMetadata(bucket: string, key: string, metadata: StoredObject['metadata'], md5: string): Promise<void>;
  getObject(bucket: string, key: string, options?: object): Promise<object | null>;
  putObject(object: StoredObject): Promise<{ size: number; md5: string }>;
  deleteObject(bucket: string, key: string): Promise<void>;
}
export interface S3rverEvent {
  readonly Records: readonly {
    readonly eventName: string;
    readonly s3: {
      readonly bucket: { readonly name: string };
      readonly object: { readonly key: string; readonly size?: number; readonly eTag?: string };
    };
  }[];
}
interface S3rver {
  readonly store: FileStore;
  callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  on(event: 'event', listener: (event: S3rverEvent) => void): void;
}
interface Accounts {
  readonly DUMMY_ACCOUNT: { createKeyPair(accessKeyId: string, secretAccessKey: string): void };
}

const require = createRequire(import.meta.url);

/** A server that knows one caller, and listens nowhere yet. Signatures are verified before it (signature.ts). */
export const createS3rver = (
  directory: string,
  { accessKeyId, secretAccessKey }: { accessKeyId: string; secretAccessKey: string },
): S3rver => {
  const { DUMMY_ACCOUNT } = require('@20minutes/s3rver/lib/models/account') as Accounts;
  const Server = require('@20minutes/s3rver') as new (options: object) => S3rver;
  DUMMY_ACCOUNT.createKeyPair(accessKeyId, secretAccessKey);
  return new Server({ directory, silent: true, vhostBuckets: false, allowMismatchedSignatures: true });
};
