import { config } from './config.ts';
import { requests } from './requests.ts';
import { createUntilCompleted } from './untilCompleted.ts';
import { createWaitingPlaces } from './waitingPlaces.ts';
import { workerClient } from './workerClient.ts';

/** By a worker's client: without a place the answer is a 202, which is better had soon than after many attempts. */
const places = createWaitingPlaces({ client: workerClient, TableName: config.requestsTable, most: config.maxWaiters });

export const untilCompleted = createUntilCompleted({ requests, places });
