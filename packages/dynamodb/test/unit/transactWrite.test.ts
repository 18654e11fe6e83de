import { cancelled, type DynamoDbReply, refusal, reply, stubDynamoDb } from '@app/test-support';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createDocumentClient } from '../../src/documentClient.ts';
import { transactWrite } from '../../src/transactWrite.ts';

beforeAll(() => {
  jest.spyOn(Math, 'random').mockReturnValue(0); // no waits
});

afterAll(() => {
  jest.restoreAllMocks();
});

const write = { Put: { TableName: 't', Item: { id: '1' } } };

const transact = (...replies: DynamoDbReply[]) => {
  const { requestHandler, requests } = stubDynamoDb(...replies);
  const client = createDocumentClient({ requestHandler, maxAttempts: 1 });
  return { result: transactWrite(client, [write, write, write]), requests };
};

describe('transactWrite', () => {
  it('resolves to undefined when all is written, in one request', async () => {
    const { result, requests } = transact(reply());

    expect(await result).toBeUndefined();
    expect(requests).toMatchObject([{ operation: 'TransactWriteItems' }]);
  });

  it('carries one token through every attempt, and another in the next call', async () => {
    const { result, requests } = transact(cancelled('None', 'TransactionConflict', 'None'), reply());
    await result;
    const next = transact(reply());
    await next.result;

    const [first, again] = requests.map(({ input }) => input['ClientRequestToken']);
    expect(first).toMatch(/^[\da-f-]{36}$/);
    expect(again).toBe(first);
    expect(next.requests[0]?.input['ClientRequestToken']).not.toBe(first);
  });

  it('resolves to one verdict for each write when a condition did not hold, with the row it was asked of', async () => {
    const CancellationReasons = [
      { Code: 'None' },
      { Code: 'ConditionalCheckFailed', Item: { id: { S: '1' }, version: { N: '2' } } },
      { Code: 'TransactionConflict' },
    ];

    const { result, requests } = transact(refusal('TransactionCanceledException', { CancellationReasons }));

    expect(await result).toEqual([
      { outcome: 'fine' },
      { outcome: 'refused', row: { id: '1', version: 2 } },
      { outcome: 'undecided' },
    ]);
    expect(requests).toHaveLength(1);
  });

  it('throws when no condition has decided', async () => {
    const { result, requests } = transact(cancelled('TransactionConflict', 'None', 'None'));

    await expect(result).rejects.toMatchObject({ cause: { name: 'TransactionCanceledException' } });
    expect(requests).toHaveLength(8);
  });

  it('throws any other error', async () => {
    const { result } = transact(refusal('ValidationException'));

    await expect(result).rejects.toMatchObject({ name: 'ValidationException' });
  });
});
