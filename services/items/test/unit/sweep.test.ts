import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { handler } from '../../src/handlers/sweep.ts';
import { conditionFailed, dynamodb, resetAws, sent, sqs } from '../support/aws.ts';
import { aRequestRow, requestId } from '../support/rows.ts';

const open = (...requestIds: string[]) =>
  dynamodb
    .on(QueryCommand)
    .resolvesOnce({ Items: requestIds.map((id) => ({ requestId: id })) })
    .resolves({ Items: [] });

const closed = aRequestRow({ status: 'error', deadLettered: 'time' });
const updates = () => dynamodb.commandCalls(UpdateCommand).map(({ args: [{ input }] }) => input);

beforeEach(() => {
  resetAws();
  dynamodb.on(UpdateCommand).resolves({ Attributes: closed });
});

describe('the sweep', () => {
  it('asks every shard of the index for what has been open for 15 minutes', async () => {
    open();

    await handler();

    const queries = dynamodb.commandCalls(QueryCommand).map(({ args: [{ input }] }) => input);
    const values = queries.map(({ ExpressionAttributeValues }) => Object.values(ExpressionAttributeValues ?? {}));
    expect(new Set(values.map(([shard]) => shard as unknown))).toEqual(new Set('0123456789abcdef'));
    for (const [, before] of values) expect(Date.now() - Date.parse(String(before))).toBeCloseTo(15 * 60_000, -4);
  });

  it('ends such a request as dead-lettered, has it announced, and then takes it from the index', async () => {
    open(requestId);

    expect(await handler()).toEqual({ closed: 1, failed: 0 });

    expect(updates()).toHaveLength(2);
    expect(updates()[0]).toMatchObject({ Key: { requestId }, ConditionExpression: expect.stringMatching(/=/) });
    expect(Object.values(updates()[0]?.ExpressionAttributeValues ?? {})).toEqual(
      expect.arrayContaining([
        'error',
        'time',
        expect.objectContaining({ type: '/problems/dead-lettered' }),
        'accepted',
      ]),
    );
    expect(sent()).toMatchObject([{ queue: 'items-notifications-dev', body: { operation: 'announce', requestId } }]);
    expect(updates()[1]?.UpdateExpression).toMatch(/REMOVE #n\d$/);
  });

  it('announces one that was given up, but whose client has not been told', async () => {
    open(requestId);
    dynamodb.on(UpdateCommand).rejectsOnce(conditionFailed(closed)).resolves({});

    await handler();

    expect(sent()).toHaveLength(1);
    expect(updates()).toHaveLength(2);
  });

  it('leaves one in the index whose client cannot be told', async () => {
    open(requestId);
    sqs.rejects(new Error('unreachable'));

    expect(await handler()).toEqual({ closed: 0, failed: 1 });
    expect(updates()).toHaveLength(1);
  });

  it('closes the others when one cannot be closed', async () => {
    open(requestId, crypto.randomUUID());
    dynamodb.on(UpdateCommand).rejectsOnce(new Error('throttled')).resolves({ Attributes: closed });

    expect(await handler()).toEqual({ closed: 1, failed: 1 });
  });
});
