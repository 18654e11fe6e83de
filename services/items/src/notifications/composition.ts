import { timeouts } from '@app/aws-client';
import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { config } from '../config.ts';
import { announcer } from '../queues/composition.ts';
import { createRequestRepository } from '../requests/requestRepository.ts';
import { createSubscriptionRepository } from '../subscriptions/subscriptionRepository.ts';
import { workerClient } from '../workerClient.ts';
import { createNotifier } from './createNotifier.ts';
import { createSocketClient } from './socketClient.ts';

/** Ten notices of a batch, 25 posts each: one that waits for a socket would be timed out for those that hang. */
const mostAtOnce = { maxSockets: 250 };

const client = new ApiGatewayManagementApiClient({
  endpoint: config.websocketEndpoint,
  maxAttempts: 2,
  requestHandler: { ...timeouts, httpsAgent: mostAtOnce, httpAgent: mostAtOnce },
});

export const notify = createNotifier({
  requests: createRequestRepository(workerClient, config.requestsTable),
  subscriptions: createSubscriptionRepository(workerClient, config.connectionsTable),
  sockets: createSocketClient(client),
  announcer,
});
