import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  NotFound,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

const expiresIn = 3600; // seconds

/** An object as it lies in the bucket. */
export interface StoredObject {
  readonly size: number;
  readonly contentType: string;
  readonly etag: string;
  /** Which asset it was uploaded for, by the time of its creation: an id can come back, and its old URL still be good. */
  readonly uploadedFor: string | undefined;
}

interface UploadRequest {
  readonly s3Key: string;
  readonly contentType: string;
  readonly size: number;
  readonly createdAt: string;
}

const expiry = () => new Date(Date.now() + expiresIn * 1000).toISOString();

/** The bucket's objects. Bytes never pass through here: clients send and fetch them by presigned URLs. */
export const createObjectStore = (client: S3Client, Bucket: string) => ({
  /** One PUT of exactly this type and length, within the hour. */
  async uploadUrl({ s3Key, contentType, size, createdAt }: UploadRequest) {
    const expiresAt = expiry();
    const put = new PutObjectCommand({
      Bucket,
      Key: s3Key,
      ContentType: contentType,
      ContentLength: size,
      Metadata: { 'uploaded-for': createdAt }, // goes into the URL, so that callers need not send it
    });
    const signableHeaders = new Set(['content-type', 'content-length', 'host']);
    const url = await getSignedUrl(client, put, { expiresIn, signableHeaders });
    const headers = { 'Content-Type': contentType, 'Content-Length': String(size) };
    return { method: 'PUT' as const, url, headers, expiresAt };
  },

  /** `disposition` is what the download is answered with as Content-Disposition. */
  async downloadUrl(s3Key: string, disposition: string) {
    const expiresAt = expiry();
    const get = new GetObjectCommand({ Bucket, Key: s3Key, ResponseContentDisposition: disposition });
    return { url: await getSignedUrl(client, get, { expiresIn }), expiresAt };
  },

  async find(s3Key: string): Promise<StoredObject | undefined> {
    try {
      const head = await client.send(new HeadObjectCommand({ Bucket, Key: s3Key }));
      return {
        size: head.ContentLength ?? 0,
        contentType: head.ContentType ?? '',
        etag: head.ETag ?? '',
        uploadedFor: head.Metadata?.['uploaded-for'],
      };
    } catch (error) {
      if (error instanceof NotFound) return undefined;
      throw error;
    }
  },

  /** That it is gone already is fine. With an entity tag, an object that has come in its place meanwhile stays. */
  async remove(s3Key: string, etag?: string): Promise<void> {
    try {
      await client.send(new DeleteObjectCommand({ Bucket, Key: s3Key, ...(etag && { IfMatch: etag }) }));
    } catch (error) {
      if (!(error instanceof S3ServiceException) || error.name !== 'PreconditionFailed') throw error;
    }
  },
});

export type ObjectStore = ReturnType<typeof createObjectStore>;
