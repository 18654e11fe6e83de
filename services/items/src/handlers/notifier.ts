import { createQueueHandler } from '@app/middleware';
import { createQueue, sqsClient } from '@app/queue';
import { createAnnouncer, parseNotice } from '../announcement.ts';
import { config } from '../config.ts';
import { createNotifier } from '../notify.ts';
import { createRequestRepository } from '../requestRepository.ts';
import { sockets } from '../sockets.ts';
import { createSubscriptionRepository } from '../subscriptionRepository.ts';
import { workerClient } from '../workerClient.ts';

const requests = createRequestRepository(workerClient, config.requestsTable);
const subscriptions = createSubscriptionRepository(workerClient, config.connectionsTable);

const notifications = createQueue(sqsClient, config.notificationsQueueUrl);

export const handler = createQueueHandler({
  worker: 'notifier',
  queue: notifications,
  parse: parseNotice,
  handle: createNotifier({ requests, subscriptions, sockets, announcer: createAnnouncer(notifications) }),
});
