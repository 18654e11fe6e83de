import { asset } from '@app/contracts/resources/asset';
import { defineTable, joinOf } from '@app/dynamodb/table';

export const assetsTable = defineTable({
  key: 'assetId',
  resource: asset,
  derived: { ownerStatus: joinOf('ownerId', 'status') },
  indexes: {
    newest: { name: 'createdAt-index', partition: 'ownerId', sort: 'createdAt' },
    byStatus: { name: 'status-index', partition: 'ownerStatus', sort: 'createdAt' },
  },
});
