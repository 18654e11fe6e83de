import { documentClient } from '@app/dynamodb';
import { config } from '../config.ts';
import { announcer } from '../queues/composition.ts';
import { requests } from '../requests/composition.ts';
import { createSubscribe } from './createSubscribe.ts';
import { createSubscriptionRepository } from './subscriptionRepository.ts';

export const subscriptions = createSubscriptionRepository(documentClient, config.connectionsTable);
export const subscribe = createSubscribe({ requests, subscriptions, announcer });
