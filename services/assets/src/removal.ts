import { documentClient } from '@app/dynamodb';
import { config } from './config.ts';
import { createIdHolds } from './idHolds.ts';
import { createObjectRemoval } from './objectRemoval.ts';
import { objects } from './objects.ts';

export const removeObject = createObjectRemoval({ holds: createIdHolds(documentClient, config.tableName), objects });
