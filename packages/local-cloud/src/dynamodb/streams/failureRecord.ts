import { randomUUID } from 'node:crypto';
import type { Shard, StreamRecord } from './api.ts';

/** What Lambda sends to a failure destination: where the records were, not what they held. */
export const failureRecord = (
  stream: string,
  { ShardId }: Shard,
  records: readonly StreamRecord[],
  attempts: number,
) => {
  const times = records.map(({ dynamodb }) =>
    new Date((dynamodb.ApproximateCreationDateTime ?? 0) * 1000).toISOString(),
  );
  return {
    version: '1.0',
    timestamp: new Date().toISOString(),
    requestContext: { requestId: randomUUID(), condition: 'RetryAttemptsExhausted', approximateInvokeCount: attempts },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    DDBStreamBatchInfo: {
      shardId: ShardId,
      startSequenceNumber: records[0]?.dynamodb.SequenceNumber,
      endSequenceNumber: records.at(-1)?.dynamodb.SequenceNumber,
      approximateArrivalOfFirstRecord: times[0],
      approximateArrivalOfLastRecord: times.at(-1),
      batchSize: records.length,
      streamArn: stream,
    },
  };
};
