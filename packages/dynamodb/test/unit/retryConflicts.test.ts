import { UnavailableError } from '@app/resource';
import { cancelled, type DynamoDbReply, refusal, reply, stubDynamoDb } from '@app/test-support';
import { TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createDocumentClient } from '../../src/documentClient.ts';

const conflict = refusal('TransactionConflictException');
const update = () => new UpdateCommand({ TableName: 't', Key: { id: '1' } });
const transaction = () =>
  new TransactWriteCommand({ TransactItems: [{ Delete: { TableName: 't', Key: { id: '1' } } }] });

const clientOf = (...replies: DynamoDbReply[]) => {
  const { requestHandler, requests } = stubDynamoDb(...replies);
  return { client: createDocumentClient({ requestHandler }), requests };
};

const failureOf = (result: Promise<unknown>): Promise<unknown> =>
  result.then(
    () => undefined,
    (error: unknown) => error,
  );

let random: jest.SpiedFunction<typeof Math.random>;

beforeEach(() => {
  random = jest.spyOn(Math, 'random').mockReturnValue(0);
});

afterEach(() => {
  random.mockRestore();
});

describe('a transaction conflict', () => {
  it.each([
    ['a write', update, conflict],
    ['a transaction', transaction, cancelled('None', 'TransactionConflict')],
  ])('is retried until %s goes through', async (_case, command, refused) => {
    const { client, requests } = clientOf(refused, refused, reply());

    await client.send(command() as UpdateCommand);

    expect(requests).toHaveLength(3);
    const { ClientRequestToken: _token, ...first } = requests[0]?.input ?? {};
    expect(requests[2]?.input).toMatchObject(first);
  });

  it.each([
    ['a write', update, conflict],
    ['a transaction', transaction, cancelled('TransactionConflict', 'None')],
  ])('is given up after eight attempts of %s, as something that passes', async (_case, command, refused) => {
    const { client, requests } = clientOf(refused);

    const failure = await failureOf(client.send(command() as UpdateCommand));

    expect(requests).toHaveLength(8);
    expect(failure).toBeInstanceOf(UnavailableError);
  });

  it('is waited for at random, up to twice as long each time', async () => {
    random.mockReturnValue(1);
    const { client } = clientOf(conflict, conflict, conflict, reply());

    const startedAt = performance.now();
    await client.send(update());

    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(25 + 50 + 100 - 3);
  });

  it('is no reason to ask again once a condition has decided', async () => {
    const { client, requests } = clientOf(cancelled('ConditionalCheckFailed', 'TransactionConflict'));

    const failure = await failureOf(client.send(transaction()));

    expect(requests).toHaveLength(1);
    expect(failure).toMatchObject({ name: 'TransactionCanceledException' });
  });

  it('is the only refusal that is retried here', async () => {
    const { client, requests } = clientOf(refusal('ConditionalCheckFailedException'));

    const failure = await failureOf(client.send(update()));

    expect(requests).toHaveLength(1);
    expect(failure).not.toBeInstanceOf(UnavailableError);
  });
});
