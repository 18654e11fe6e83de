import { createDocumentClient } from '@app/dynamodb';
import { config } from './config.ts';
import { requests } from './requests.ts';
import { createUntilCompleted } from './untilCompleted.ts';
import { createWaitingPlaces } from './waitingPlaces.ts';

/** Taking a place must not take long: a caller without one has its answer at once. */
const client = createDocumentClient({
  maxAttempts: 2,
  retryMode: 'standard',
  requestHandler: { connectionTimeout: 500, requestTimeout: 500, throwOnRequestTimeout: true },
});

const places = createWaitingPlaces({ client, TableName: config.requestsTable, most: config.maxWaiters });

export const untilCompleted = createUntilCompleted({ requests, places });
