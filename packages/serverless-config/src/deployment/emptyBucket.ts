import { DeleteObjectsCommand, ListObjectVersionsCommand, type S3Client } from '@aws-sdk/client-s3';

const mostRounds = 100_000; // of a thousand objects

/** Deletes every object of a bucket, in all its versions. Throws for the first that cannot be deleted. */
export const emptyBucket = async (client: S3Client, Bucket: string): Promise<void> => {
  for (let round = 0; round < mostRounds; round += 1) {
    const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand({ Bucket }));
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length === 0) return;
    const { Errors: [error] = [] } = await client.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
    );
    if (error) throw new Error(`${Bucket}: ${error.Key} could not be deleted: ${error.Message}`);
  }
};
