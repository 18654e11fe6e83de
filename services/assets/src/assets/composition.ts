import { documentClient } from '@app/dynamodb';
import { config } from '../config.ts';
import { createAssetRepository } from './assetRepository.ts';

export const assets = createAssetRepository(documentClient, config.tableName);
