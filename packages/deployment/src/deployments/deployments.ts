import { paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';

/** What one deployment uploaded: its template and archives, in a folder of the deployment bucket. */
export interface Upload {
  /** Milliseconds since 1970: what the framework's `rollback --timestamp` takes. */
  readonly timestamp: number;
  /** `serverless/notes/dev/1700000000000-2023-11-14T22:13:20.000Z`. */
  readonly folder: string;
  /** When the last of its files had come, by S3's clock. */
  readonly uploadedAt: Date;
}

interface StoredObject {
  readonly Key?: string | undefined;
  readonly LastModified?: Date | undefined;
}

const folderOf = (key: string) => /^(.*\/(\d+)-\d{4}-\d\d-\d\dT[\d:.]+Z)\/[^/]+$/.exec(key);

/** The uploads among the objects of a deployment bucket, the oldest first. */
export const uploadsIn = (objects: readonly StoredObject[]): Upload[] => {
  const uploads = new Map<string, Upload>();
  for (const { Key = '', LastModified = new Date(0) } of objects) {
    const [, folder = '', timestamp = ''] = folderOf(Key) ?? [];
    if (folder === '') continue;
    const before = uploads.get(folder)?.uploadedAt ?? LastModified;
    const uploadedAt = before > LastModified ? before : LastModified;
    uploads.set(folder, { timestamp: Number(timestamp), folder, uploadedAt });
  }
  return [...uploads.values()].toSorted((a, b) => a.timestamp - b.timestamp);
};

/** The uploads of a service in a stage that are still there: the framework keeps five. */
export const readUploads = async (
  client: S3Client,
  { bucket, service, stage }: { bucket: string; service: string; stage: string },
): Promise<Upload[]> => {
  const objects: StoredObject[] = [];
  const input = { Bucket: bucket, Prefix: `serverless/${service}/${stage}/` };
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, input)) objects.push(...Contents);
  return uploadsIn(objects);
};
