export { createQueue, type Queue, type SendOptions } from './queue.ts';
export { createSqsClient, sqsClient } from './sqsClient.ts';
