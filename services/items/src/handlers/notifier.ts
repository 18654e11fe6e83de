import { createQueueHandler } from '@app/middleware';
import { createQueue, sqsClient } from '@app/queue';
import { parseNotice } from '../announcement.ts';
import { config } from '../config.ts';
import { createNotifier } from '../notify.ts';
import { createRequestRepository } from '../requestRepository.ts';
import { sockets } from '../sockets.ts';
import { createSubscriptionRepository } from '../subscriptionRepository.ts';
import { workerClient } from '../workerClient.ts';

const requests = createRequestRepository(workerClient, config.requestsTable);
const subscriptions = createSubscriptionRepository(workerClient, config.connectionsTable);

export const handler = createQueueHandler({
  worker: 'notifier',
  queue: createQueue(sqsClient, config.notificationsQueueUrl),
  parse: parseNotice,
  handle: createNotifier({ requests, subscriptions, sockets }),
});
