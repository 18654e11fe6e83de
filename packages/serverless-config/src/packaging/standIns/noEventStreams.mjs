/** Stands in for @smithy/core/event-streams in bundles: 14 KB that no operation of DynamoDB, SQS or S3 as used here reaches. */
export class EventStreamSerde {
  constructor() {
    throw new Error(
      'Event streams are left out of the bundles (packages/serverless-config/src/packaging/buildOptions.ts)',
    );
  }
}

/** What the S3 client is made with, for SelectObjectContent, which nothing here sends. */
export const eventStreamSerdeProvider = () => undefined;
export const resolveEventStreamSerdeConfig = (config) => config;
