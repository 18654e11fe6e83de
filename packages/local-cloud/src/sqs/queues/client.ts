import type { SQSClient } from '@aws-sdk/client-sqs';

/** Longer than the longest wait for messages, which is 20 s: an answer that takes longer does not come. */
const requestTimeout = 25_000;

/** A client for the queues, whose calls all end: one whose answer does not come fails, and may be made again. */
export const createQueueClient = async (endpoint: string): Promise<SQSClient> => {
  const { SQSClient: Client } = await import('@aws-sdk/client-sqs');
  return new Client({
    endpoint,
    requestHandler: { requestTimeout, throwOnRequestTimeout: true, connectionTimeout: 2000 },
  });
};
