import type { User, UserInput } from '@app/contracts';
import {
  absent,
  anyOf,
  ContentionError,
  compare,
  expressions,
  IdempotencyKeyReusedError,
  newRow,
  toResource,
  transactWrite,
  untilSettled,
  ValueTakenError,
} from '@app/dynamodb';
import type { Creation, Identity } from '@app/http';
import { holdEmail } from './emailMarker.ts';
import { directory, hidden, indexAttributes, type UserTable } from './userRows.ts';

export const emailTaken = () => new ValueTakenError('Another user has this email');

/** Writes the user and takes the email in one transaction. What the user's own row says comes first: it may be a replay. */
const attempt = async ({ client, TableName }: UserTable, input: UserInput, { id, payloadDigest }: Identity) => {
  const now = new Date().toISOString();
  const user = { userId: id, ...newRow({ owner: directory, input, payloadDigest, now }), ...input };
  const row = { ...user, ...indexAttributes(user) };
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
  if (!verdicts) return { resource: toResource<User>(row, hidden), replayed: false };
  const existing = verdicts[0]?.row;
  if (existing) {
    if (existing['payloadDigest'] !== payloadDigest) throw new IdempotencyKeyReusedError(id);
    return { resource: toResource<User>(existing, hidden), replayed: true };
  }
  if (verdicts[0]?.outcome === 'fine') throw emailTaken();
  throw new ContentionError(`users ${id}`);
};

/**
 * Creates the user, or finds the one that the same Idempotency-Key made. Throws ValueTakenError where another user has
 * the email, and IdempotencyKeyReusedError where the key came with another payload.
 */
export const createUser = (table: UserTable, input: UserInput, identity: Identity): Promise<Creation<User>> =>
  untilSettled(() => attempt(table, input, identity));
