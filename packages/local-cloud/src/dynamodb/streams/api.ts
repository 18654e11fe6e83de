/** One change of a row, as DynamoDB Streams and Lambda have it. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly dynamodb: {
    readonly SequenceNumber: string;
    readonly ApproximateCreationDateTime?: number;
    readonly [member: string]: unknown;
  };
  readonly [member: string]: unknown;
}

export interface Shard {
  readonly ShardId: string;
  readonly ParentShardId?: string;
}

/** The oldest record of a shard that is still there, what comes from now on, or what comes after a record of it. */
export type Position = { readonly after: string } | 'start' | 'now';

const iteratorTypes = { start: 'TRIM_HORIZON', now: 'LATEST' } as const;

const longestAnswer = 10_000; // milliseconds; a call without an answer fails too

export class StreamsApiError extends Error {
  override readonly name = 'StreamsApiError';
}

const signature = (accessKeyId: string, region: string) =>
  `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=local`;

/**
 * DynamoDB Streams of a local engine. Spoken without the SDK: records on the wire are what Lambda hands to functions, and
 * local engines read who signs a request, not how.
 */
export const createStreamsApi = (endpoint: string, env: NodeJS.ProcessEnv = process.env) => {
  const authorization = signature(env['AWS_ACCESS_KEY_ID'] ?? 'local', env['AWS_REGION'] ?? 'eu-west-1');
  const call = async <Output>(target: string, input: object): Promise<Output> => {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        authorization,
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-date': new Date().toISOString().replaceAll(/[-:]|\.\d+/g, ''),
        'x-amz-target': target,
      },
      body: JSON.stringify(input),
      signal: AbortSignal.timeout(longestAnswer),
    });
    const text = await response.text();
    if (!response.ok) throw new StreamsApiError(`${target}: ${text.slice(0, 300)}`);
    return JSON.parse(text) as Output;
  };
  const streams = <Output>(operation: string, input: object) =>
    call<Output>(`DynamoDBStreams_20120810.${operation}`, input);

  return {
    /** Undefined where the table has no stream. */
    streamOf: async (TableName: string) =>
      (await call<{ Table: { LatestStreamArn?: string } }>('DynamoDB_20120810.DescribeTable', { TableName })).Table
        .LatestStreamArn,

    shards: async (StreamArn: string): Promise<readonly Shard[]> =>
      (await streams<{ StreamDescription: { Shards: Shard[] } }>('DescribeStream', { StreamArn })).StreamDescription
        .Shards,

    iterator: async (StreamArn: string, ShardId: string, position: Position): Promise<string> => {
      const from =
        typeof position === 'string'
          ? { ShardIteratorType: iteratorTypes[position] }
          : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: position.after };
      return (await streams<{ ShardIterator: string }>('GetShardIterator', { StreamArn, ShardId, ...from }))
        .ShardIterator;
    },

    /** `next` is undefined when the shard has ended. */
    records: async (ShardIterator: string): Promise<{ records: StreamRecord[]; next: string | undefined }> => {
      const page = await streams<{ Records: StreamRecord[]; NextShardIterator?: string }>('GetRecords', {
        ShardIterator,
        Limit: 1000,
      });
      return { records: page.Records, next: page.NextShardIterator };
    },
  };
};

export type StreamsApi = ReturnType<typeof createStreamsApi>;
