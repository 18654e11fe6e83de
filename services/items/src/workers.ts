import { createQueue, sqsClient } from '@app/queue';
import { createAnnouncer } from './announcement.ts';
import { config } from './config.ts';
import { createGiveUp } from './giveUp.ts';
import { createItemRepository } from './itemRepository.ts';
import { createRequestRepository } from './requestRepository.ts';
import { workerClient } from './workerClient.ts';

/** What the writer, the reader and the sweep work with. */
export const items = createItemRepository(workerClient, config.itemsTable);
export const requests = createRequestRepository(workerClient, config.requestsTable);
export const announcer = createAnnouncer(createQueue(sqsClient, config.notificationsQueueUrl));
export const giveUp = createGiveUp({ requests, announcer });
