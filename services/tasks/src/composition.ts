import { documentClient } from '@app/dynamodb';
import { config } from './config.ts';
import { createTaskRepository } from './taskRepository.ts';

export const tasks = createTaskRepository(documentClient, config.tableName);
