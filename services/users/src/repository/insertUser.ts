import type { User, UserInput } from '@app/contracts/users';
import {
  absent,
  anyOf,
  compare,
  expressions,
  newRow,
  shownBy,
  transactWrite,
  untilSettled,
  withDerived,
} from '@app/dynamodb';
import { ContentionError, type Creation, IdempotencyKeyReusedError, type Identity } from '@app/resource';
import { usersTable } from '../tables.ts';
import { emailTaken, holdEmail } from './emailMarker.ts';
import { directory, type UserRows } from './userRows.ts';

const shown = shownBy(usersTable);

/** Writes the user and takes the email in one transaction. What the user's own row says comes first: it may be a replay. */
const attempt = async ({ client, TableName }: UserRows, input: UserInput, { id, payloadDigest }: Identity) => {
  const now = new Date().toISOString();
  const user = { userId: id, ...newRow({ owner: directory, input, payloadDigest, now }), ...input };
  const row = withDerived(usersTable, user);
  const isNoUser = anyOf(absent('userId'), compare('expiresAt', '<=', now));
  const verdicts = await transactWrite(client, [
    {
      Put: {
        TableName,
        Item: row,
        ...expressions({ condition: isNoUser }),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
    holdEmail(TableName, user, now),
  ]);
  if (!verdicts) return { resource: shown(row), replayed: false };
  const existing = verdicts[0]?.row;
  if (existing) {
    if (existing['payloadDigest'] !== payloadDigest) throw new IdempotencyKeyReusedError(id);
    return { resource: shown(existing), replayed: true };
  }
  if (verdicts[0]?.outcome === 'fine') throw emailTaken();
  throw new ContentionError(`users ${id}`);
};

/**
 * Creates the user, or finds the one that the same Idempotency-Key made. Throws ValueTakenError where another user has
 * the email, and IdempotencyKeyReusedError where the key came with another payload.
 */
export const insertUser = (table: UserRows, input: UserInput, identity: Identity): Promise<Creation<User>> =>
  untilSettled(() => attempt(table, input, identity));
