import { documentClient } from '@app/dynamodb';
import { createAssetRepository } from './assetRepository.ts';
import { config } from './config.ts';

export const assets = createAssetRepository(documentClient, config.tableName);
