import { item } from '@app/contracts/resources/item';
import { defineRows, defineTable } from '@app/dynamodb/table';

export const itemsTable = defineTable({
  key: 'itemId',
  resource: item,
  indexes: { newest: { name: 'owner-createdAt-index', partition: 'ownerId', sort: 'createdAt' } },
});

export const requestsTable = defineRows({
  key: 'requestId',
  expires: true,
  isTransient: true,
  indexes: {
    /** Sparse: a request that is complete, and announced, has no `openShard`. */
    open: { name: 'open-index', partition: 'openShard', sort: 'openedAt', projection: 'KEYS_ONLY' },
  },
});

/** Which connection is to hear of which request. */
export const connectionsTable = defineRows({
  key: 'requestId',
  sortKey: 'connectionId',
  expires: true,
  isTransient: true,
  indexes: { byConnection: { name: 'connection-index', partition: 'connectionId', projection: 'KEYS_ONLY' } },
});
