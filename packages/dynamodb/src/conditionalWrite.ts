import { randomBytes } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { absent, allOf, anyOf, type Condition, compare, expressions, type Update } from './expressions.ts';
import { cameAfterLostAnswer } from './lostAnswers.ts';

/*
 * Writes that know their own work: DynamoDB may carry a write out and its answer be lost; the SDK sends it again, and the
 * condition meets what the first attempt has done. Each call has a random token, which all its attempts carry and the row
 * keeps (docs/decisions/0010-a-lost-answer-is-settled-by-a-token.md).
 */

type Row = Readonly<Record<string, unknown>>;

/** How a write ended. */
export interface Outcome {
  /** Now, or by an earlier attempt whose answer was lost. */
  readonly written: boolean;
  /** The row as it is now; where the write was refused, the one that the condition was refused for. */
  readonly row: Row | undefined;
  /** It was refused, but an attempt went unanswered before: it may have been carried out, and changed by others since. */
  readonly uncertain: boolean;
}

interface Target {
  readonly TableName: string;
  readonly condition: Condition;
}

type Keyed = Target & { readonly Key: Record<string, unknown> };

const newToken = () => randomBytes(12).toString('base64url');

const onFailure = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const };

const settle = async (
  send: () => Promise<Row | undefined>,
  isOwn: (row: Row | undefined, afterLostAnswer: boolean) => boolean,
): Promise<Outcome> => {
  try {
    return { written: true, row: await send(), uncertain: false };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const row = error.Item && unmarshall(error.Item);
    const afterLostAnswer = cameAfterLostAnswer(error);
    const written = isOwn(row, afterLostAnswer);
    return { written, row, uncertain: afterLostAnswer && !written };
  }
};

/** Puts a row that does not stand there yet. Who made it stays known for as long as it lives, whoever changes it. */
export const conditionalPut = (
  client: DynamoDBDocumentClient,
  { TableName, Item, condition }: Target & { readonly Item: object },
): Promise<Outcome> => {
  const createToken = newToken();
  const put = new PutCommand({
    TableName,
    Item: { ...Item, createToken },
    ...expressions({ condition }),
    ...onFailure,
  });
  return settle(
    async () => {
      await client.send(put);
      return put.input.Item;
    },
    (row) => row?.['createToken'] === createToken,
  );
};

/** Updates a row, once: an attempt that finds the call's own token on it changes nothing. */
export const conditionalUpdate = (
  client: DynamoDBDocumentClient,
  { TableName, Key, condition, update }: Keyed & { readonly update: Update },
): Promise<Outcome> => {
  const writeToken = newToken();
  const isNotDone = anyOf(absent('writeToken'), compare('writeToken', '<>', writeToken));
  const command = new UpdateCommand({
    TableName,
    Key,
    ...expressions({
      update: { ...update, set: { ...update.set, writeToken } },
      condition: allOf(condition, isNotDone),
    }),
    ReturnValues: 'ALL_NEW',
    ...onFailure,
  });
  return settle(
    async () => (await client.send(command)).Attributes,
    (row) => row?.['writeToken'] === writeToken,
  );
};

/** Deletes a row. A deleted row keeps no token: one that is gone after a lost answer counts as deleted by this call. */
export const conditionalDelete = (
  client: DynamoDBDocumentClient,
  { TableName, Key, condition }: Keyed,
): Promise<Outcome> => {
  const command = new DeleteCommand({ TableName, Key, ...expressions({ condition }), ...onFailure });
  return settle(
    async () => {
      await client.send(command);
      return undefined;
    },
    (row, afterLostAnswer) => row === undefined && afterLostAnswer,
  );
};
