import { documentClient, untilSettled } from '@app/dynamodb';
import { config } from './config.ts';
import { createIdHolds, patience } from './idHolds.ts';
import { createObjectRemoval } from './objectRemoval.ts';
import { objects } from './objects.ts';

export const removeNow = createObjectRemoval({ holds: createIdHolds(documentClient, config.tableName), objects });

/** Waits for whoever holds the id. */
export const removeObject = (s3Key: string, delivery: string) =>
  untilSettled(() => removeNow(s3Key, delivery), patience);
