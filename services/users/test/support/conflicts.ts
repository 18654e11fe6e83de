import { createDocumentClient } from '@app/dynamodb';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';

/** A client between which and DynamoDB every transaction meets others, this many times: the local engine has no conflicts. */
export const conflictingClient = (conflicts: () => number) => {
  const client = createDocumentClient();
  client.middlewareStack.add(
    (next, context) => {
      let left = context.commandName === 'TransactWriteItemsCommand' ? conflicts() : 0;
      return (args) => {
        if (left <= 0) return next(args);
        left -= 1;
        throw new TransactionCanceledException({
          $metadata: {},
          message: 'another transaction is in progress',
          CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }],
        });
      };
    },
    { step: 'deserialize', priority: 'low', name: 'conflicts' },
  );
  return client;
};
