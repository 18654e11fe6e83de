import { documentClient } from '@app/dynamodb';
import { config } from './config.ts';
import { createUserRepository } from './userRepository.ts';

export const users = createUserRepository(documentClient, config.tableName);
