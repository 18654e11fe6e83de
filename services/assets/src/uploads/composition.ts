import { documentClient, untilSettled } from '@app/dynamodb';
import { assets } from '../assets/composition.ts';
import { config } from '../config.ts';
import { objects } from '../objects/composition.ts';
import { createAssetCreation } from './createAssetCreation.ts';
import { createObjectRemoval } from './createObjectRemoval.ts';
import { createUploadConfirmation } from './createUploadConfirmation.ts';
import { createIdHoldRepository, holdTimeout } from './idHoldRepository.ts';

const { tableName: TableName, bucketName } = config;

const holds = createIdHoldRepository(documentClient, TableName);
const removeNow = createObjectRemoval({ holds, objects });
const confirmNow = createUploadConfirmation({ assets, objects, removeObject: removeNow });

export const beginAsset = createAssetCreation({ client: documentClient, TableName, bucketName, holds, objects });

/** Waits for whoever holds the id. */
export const removeObject = (s3Key: string, delivery: string) =>
  untilSettled(() => removeNow(s3Key, delivery), holdTimeout);

/** Looks again when the row has changed meanwhile, and waits for whoever holds the id. */
export const confirmUpload = (s3Key: string, delivery: string) =>
  untilSettled(() => confirmNow(s3Key, delivery), holdTimeout);
