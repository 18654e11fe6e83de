import { timeouts } from '@app/aws-client';
import { createDocumentClient } from '@app/dynamodb';

/** A worker has 10 s and a queue that tries again: fewer and shorter attempts, and no slowing down by itself. */
export const workerClient = createDocumentClient({
  maxAttempts: 2,
  retryMode: 'standard',
  requestHandler: timeouts,
});
