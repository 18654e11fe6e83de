import { randomUUID } from 'node:crypto';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';

export type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** What DynamoDB says of one write of a cancelled transaction. */
export interface Verdict {
  /** `fine` of a write that was not in the way; `undecided` where a conflict or throttling came before its condition. */
  readonly outcome: 'fine' | 'refused' | 'undecided';
  /** The row that the condition was refused for, where the write asked for it (ALL_OLD) and there is one. */
  readonly row: Record<string, unknown> | undefined;
}

const outcomes: Readonly<Record<string, Verdict['outcome']>> = { None: 'fine', ConditionalCheckFailed: 'refused' };

/**
 * Writes all or nothing. Resolves to undefined when written, and to one verdict for each write, in their order, when a
 * condition did not hold. Throws whatever else stands in the way; conflicts alone were retried by the client before.
 * All attempts of one call have one token: DynamoDB, which knows it for ten minutes, carries them out once, and says so again
 * to an attempt that follows a lost answer.
 */
export const transactWrite = async (
  client: DynamoDBDocumentClient,
  writes: readonly Write[],
): Promise<readonly Verdict[] | undefined> => {
  try {
    await client.send(new TransactWriteCommand({ ClientRequestToken: randomUUID(), TransactItems: [...writes] }));
    return undefined;
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const verdicts = (error.CancellationReasons ?? []).map(
      ({ Code = 'None', Item }): Verdict => ({
        outcome: outcomes[Code] ?? 'undecided',
        row: Item && unmarshall(Item),
      }),
    );
    if (!verdicts.some(({ outcome }) => outcome === 'refused')) throw error;
    return verdicts;
  }
};
