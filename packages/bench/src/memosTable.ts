import { memo } from '@app/contracts/resources/memo';
import { defineTable } from '@app/dynamodb/table';

/** What the product costs is measured on memos, whose contract is that of packages' tests: services come and go. */
export const memosTable = defineTable({
  key: 'id',
  resource: memo,
  indexes: { newest: { name: 'owner-createdAt-index', partition: 'ownerId', sort: 'createdAt' } },
});
