import { createQueue, sqsClient } from '@app/queue';
import { createAnnouncer } from './announcement.ts';
import { config } from './config.ts';
import { requests } from './requests.ts';
import { createSubscribe } from './subscribe.ts';
import { subscriptions } from './subscriptions.ts';

export const announcer = createAnnouncer(createQueue(sqsClient, config.notificationsQueueUrl));
export const subscribe = createSubscribe({ requests, subscriptions, announcer });
