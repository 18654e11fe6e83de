import { documentClient } from '@app/dynamodb';
import { config } from './config.ts';
import { createUserRepository } from './repository/userRepository.ts';

export const users = createUserRepository(documentClient, config.tableName);
