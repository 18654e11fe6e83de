import { untilSettled } from '@app/dynamodb';
import { assets } from './assets.ts';
import { createUploadConfirmation } from './confirmUpload.ts';
import { patience } from './idHolds.ts';
import { objects } from './objects.ts';
import { removeNow } from './removal.ts';

const confirmNow = createUploadConfirmation({ assets, objects, removeObject: removeNow });

/** Looks again when the row has changed meanwhile, and waits for whoever holds the id. */
export const confirmUpload = (s3Key: string, delivery: string) =>
  untilSettled(() => confirmNow(s3Key, delivery), patience);
