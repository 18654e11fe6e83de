import { randomUUID } from 'node:crypto';
import type { CreatedObject } from '../types.ts';

let last = 0;

/** Grows with every event, as S3's own does for one key. */
const nextSequencer = () => {
  last = Math.max(last + 1, Date.now() * 1000);
  return last.toString(16).toUpperCase().padStart(18, '0');
};

/** As in a form: a space is a plus sign; slashes stay. */
const encodedKey = (key: string) =>
  key
    .split('/')
    .map((part) => encodeURIComponent(part).replaceAll('%20', '+'))
    .join('/');

/** What S3 sends to a function. https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html */
export const objectEvent = ({ bucket, key, size, etag, how }: CreatedObject, region: string) => ({
  Records: [
    {
      eventVersion: '2.1',
      eventSource: 'aws:s3',
      awsRegion: region,
      eventTime: new Date().toISOString(),
      eventName: `ObjectCreated:${how}`,
      userIdentity: { principalId: 'AWS:LOCAL' },
      requestParameters: { sourceIPAddress: '127.0.0.1' },
      responseElements: { 'x-amz-request-id': randomUUID() },
      s3: {
        s3SchemaVersion: '1.0',
        configurationId: 'local',
        bucket: { name: bucket, ownerIdentity: { principalId: 'LOCAL' }, arn: `arn:aws:s3:::${bucket}` },
        object: { key: encodedKey(key), size, eTag: etag, sequencer: nextSequencer() },
      },
    },
  ],
});
