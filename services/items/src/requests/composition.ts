import { documentClient } from '@app/dynamodb';
import { config } from '../config.ts';
import { createRequestRepository } from './requestRepository.ts';

export const requests = createRequestRepository(documentClient, config.requestsTable);
