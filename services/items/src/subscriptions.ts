import { documentClient } from '@app/dynamodb';
import { config } from './config.ts';
import { createSubscriptionRepository } from './subscriptionRepository.ts';

export const subscriptions = createSubscriptionRepository(documentClient, config.connectionsTable);
