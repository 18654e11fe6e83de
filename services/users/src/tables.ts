import { user } from '@app/contracts/resources/user';
import { defineTable, derive, joinOf } from '@app/dynamodb/table';

/** One partition key for a list of all users would be one hot partition. */
export const shards = ['0', '1', '2', '3'] as const;

const shardOf = (userId: string) => String(Number.parseInt(userId.slice(-1), 16) % shards.length);

/** Emails are the same when their lower-case forms are. */
export const emailKeyOf = (email: string) => email.toLowerCase();

export const usersTable = defineTable({
  key: 'userId',
  resource: user,
  derived: {
    emailKey: derive(['email'], ({ email }) => emailKeyOf(email)),
    listShard: derive(['userId'], ({ userId }) => shardOf(userId)),
    listPosition: joinOf('createdAt', 'userId'), // no two are the same
  },
  indexes: {
    byEmail: { name: 'email-index', partition: 'emailKey' },
    newest: { name: 'createdAt-index', partition: 'listShard', sort: 'listPosition' },
  },
});
