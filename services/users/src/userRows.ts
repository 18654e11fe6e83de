import type { User } from '@app/contracts';
import { type createOwnedItems, positionOf } from '@app/dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { emailKeyOf } from './emailMarker.ts';

/** What the users' repository works with. */
export interface UserTable {
  readonly client: DynamoDBDocumentClient;
  readonly TableName: string;
  readonly rows: ReturnType<typeof createOwnedItems<User>>;
}

/** Users belong to the directory, whoever writes them down (docs/decisions/0020-users-have-one-owner.md). */
export const directory = 'directory';

/** One partition key for a list of all users would be one hot partition. */
export const shards = ['0', '1', '2', '3'] as const;

const shardOf = (userId: string) => shards[Number.parseInt(userId.slice(-1), 16) % shards.length];

/** What the indexes are keyed by. Callers never see it. */
export const hidden = ['emailKey', 'listShard', 'listPosition'];

export const indexAttributes = ({ userId, email, createdAt }: Pick<User, 'userId' | 'email' | 'createdAt'>) => ({
  emailKey: emailKeyOf(email),
  listShard: shardOf(userId),
  listPosition: positionOf(createdAt, userId),
});
