import { documentClient } from '@app/dynamodb';
import { config } from './config.ts';
import { createAssetCreation } from './createAsset.ts';
import { createIdHolds } from './idHolds.ts';
import { objects } from './objects.ts';

const { tableName: TableName, bucketName } = config;

export const beginAsset = createAssetCreation({
  client: documentClient,
  TableName,
  bucketName,
  holds: createIdHolds(documentClient, TableName),
  objects,
});
