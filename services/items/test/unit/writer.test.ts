import { lambdaContext, sqsEvent } from '@app/test-support';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { GetCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { handler } from '../../src/handlers/writer.ts';
import { requestOf } from '../../src/requests/requestIdentity.ts';
import type { RequestRow } from '../../src/requests/requestRow.ts';
import { cancelled, conditionFailed, dynamodb, resetAws, sent, sqs } from '../support/aws.ts';
import { anItem, anItemRow, aRequestRow, itemId, itemVersion, requestId } from '../support/rows.ts';

const asked = { requestId, owner: 'public', itemId };
const create = { ...asked, operation: 'create', input: { name: 'Bolt' } };
const update = { ...asked, operation: 'update', changes: { name: 'Nut', quantity: null } } as const;
const remove = { ...asked, operation: 'delete' };

/** The row of the update’s request. */
const aRow = (fields: Partial<RequestRow> = {}) => aRequestRow({ ...requestOf(update), ...fields });
const givenUp = aRow({ status: 'error', deadLettered: 'receives' });

const deliver = (body: object, receiveCount = 1) =>
  handler(sqsEvent({ body, receiveCount, attributes: { requestId } }), lambdaContext());

/** The transaction is refused for the request’s row. */
const refuseFor = (row: RequestRow | undefined) =>
  dynamodb
    .on(TransactWriteCommand)
    .rejects(cancelled({ Code: 'ConditionalCheckFailed', ...(row && { row }) }, { Code: 'None' }));

const stored = (row: object | undefined) => dynamodb.on(GetCommand).resolves(row ? { Item: row } : {});

const transactions = () =>
  dynamodb.commandCalls(TransactWriteCommand).map(({ args: [{ input }] }) => {
    const [ofRequest, ofItem] = input.TransactItems ?? [];
    return { ofRequest: ofRequest?.Update, ofItem };
  });

/** Attribute by attribute, what an update sets. */
const valuesOf = (input: { ExpressionAttributeValues?: Record<string, unknown> | undefined } | undefined) =>
  Object.values(input?.ExpressionAttributeValues ?? {});

const updates = () => dynamodb.commandCalls(UpdateCommand).map(({ args: [{ input }] }) => input);

beforeEach(resetAws);

describe('the writer', () => {
  it('creates an item and completes the request in one transaction, then has it announced', async () => {
    stored(undefined);

    expect(await deliver(create)).toEqual({ batchItemFailures: [] });

    const [{ ofRequest, ofItem }] = transactions() as [ReturnType<typeof transactions>[number]];
    expect(ofItem?.Put).toMatchObject({
      TableName: 'items-dev',
      Item: { itemId, ownerId: 'public', name: 'Bolt', version: 1 },
      ConditionExpression: expect.stringContaining('attribute_not_exists'),
    });
    expect(ofRequest).toMatchObject({
      TableName: 'items-requests-dev',
      Key: { requestId },
      ConditionExpression: expect.stringMatching(/= :v\d+\) OR \(attribute_exists/),
    });
    expect(valuesOf(ofRequest)).toEqual(
      expect.arrayContaining(['success', 'accepted', expect.objectContaining({ itemId, name: 'Bolt', version: 1 })]),
    );
    expect(sent()).toMatchObject([
      { queue: 'items-notifications-dev', body: { operation: 'announce', requestId }, requestId },
    ]);
  });

  it('changes an item on condition of the state that it read', async () => {
    stored(anItemRow({ payloadDigest: 'p' }));

    await deliver(update);

    const [{ ofItem }] = transactions() as [ReturnType<typeof transactions>[number]];
    expect(ofItem?.Put?.Item).toEqual({
      itemId,
      ownerId: 'public',
      name: 'Nut',
      version: 3,
      createdAt: itemVersion.createdAt,
      updatedAt: expect.any(String),
      payloadDigest: 'p',
    });
    expect(valuesOf(ofItem?.Put)).toEqual([2, itemVersion.createdAt]);
  });

  it('shows nobody what only the table keeps', async () => {
    stored(anItemRow({ payloadDigest: 'p' }));

    await deliver(update);

    const result = valuesOf(transactions()[0]?.ofRequest).find((value) => typeof value === 'object');
    expect(result).toEqual({
      ...anItem(),
      name: 'Nut',
      quantity: undefined,
      version: 3,
      updatedAt: expect.any(String),
    });
  });

  it('deletes an item; the result is its id', async () => {
    stored(anItemRow());

    await deliver(remove);

    expect(transactions()[0]?.ofItem?.Delete).toMatchObject({ Key: { itemId } });
    expect(valuesOf(transactions()[0]?.ofRequest)).toContainEqual({ itemId });
  });

  it.each([
    ['a 404 where there is no item', undefined, update, 'not-found'],
    ['a 404 where the item is somebody else’s', anItemRow({ ownerId: 'mallory' }), remove, 'not-found'],
    [
      'a 412 where the item is not as expected',
      anItemRow(),
      { ...update, ifMatch: [{ ...itemVersion, version: 1 }] },
      'precondition-failed',
    ],
    ['a 412 where no tag can match', anItemRow(), { ...remove, ifMatch: [] }, 'precondition-failed'],
    [
      'a 422 where the key has made another item',
      anItemRow({ payloadDigest: 'q' }),
      { ...create, payloadDigest: 'p' },
      'idempotency-key-reused',
    ],
  ])('ends a request as %s', async (_case, row, command, slug) => {
    stored(row);

    await deliver(command);

    expect(transactions()).toEqual([]);
    expect(valuesOf(updates()[0])).toEqual(
      expect.arrayContaining(['error', expect.objectContaining({ type: `/problems/${slug}`, requestId })]),
    );
    expect(sent()).toHaveLength(1);
  });

  it('carries out a command whose If-Match names the item’s state', async () => {
    stored(anItemRow());

    await deliver({ ...update, ifMatch: [{ ...itemVersion, version: 1 }, itemVersion] });

    expect(transactions()).toHaveLength(1);
  });

  it('answers a create that was carried out days ago with the item as it now is', async () => {
    stored(anItemRow({ payloadDigest: 'p', version: 7 }));

    await deliver({ ...create, payloadDigest: 'p' });

    expect(transactions()).toEqual([]);
    expect(valuesOf(updates()[0])).toEqual(
      expect.arrayContaining(['success', expect.objectContaining({ name: 'Bolt', version: 7 })]),
    );
  });

  it('changes nothing where the request is complete, and has it announced once more', async () => {
    stored(anItemRow());
    refuseFor(aRow({ status: 'success' }));

    expect(await deliver(update)).toEqual({ batchItemFailures: [] });
    expect(transactions()).toHaveLength(1);
    expect(sent()).toHaveLength(1);
  });

  it.each([
    ['is gone', undefined],
    ['is past its expiry', aRow({ expiresAt: '2026-01-01T00:00:00.000Z' })],
    ['is another owner’s', aRow({ ownerId: 'alice' })],
    ['is about another item', aRow({ itemId: crypto.randomUUID() })],
    ['is another operation', aRow({ operation: 'delete' })],
    ['was accepted with another payload', aRow({ digest: 'another' })],
    ['was accepted with another payload, and is complete', aRow({ digest: 'another', status: 'success' })],
  ])('lets a command go to the dead letters, and tells nobody, whose request %s', async (_case, row) => {
    stored(anItemRow());
    refuseFor(row);

    expect((await deliver(update, 5)).batchItemFailures).toHaveLength(1);
    expect(transactions()).toHaveLength(1);
    expect(updates()).toEqual([]);
    expect(sent()).toEqual([]);
  });

  it('judges anew when the item has changed in between', async () => {
    stored(anItemRow());
    dynamodb
      .on(TransactWriteCommand)
      .rejectsOnce(cancelled({ Code: 'None' }, { Code: 'ConditionalCheckFailed' }))
      .resolves({});

    expect(await deliver(update)).toEqual({ batchItemFailures: [] });
    expect(dynamodb.commandCalls(GetCommand)).toHaveLength(2);
    expect(transactions()).toHaveLength(2);
  });

  it('keeps the message when the transaction fails', async () => {
    stored(anItemRow());
    dynamodb.on(TransactWriteCommand).rejects(new Error('unreachable'));

    expect((await deliver(update)).batchItemFailures).toHaveLength(1);
    expect(sent()).toEqual([]);
  });

  it('keeps the message when it cannot announce what it has done', async () => {
    stored(anItemRow());
    sqs.on(SendMessageCommand).rejects(new Error('unreachable'));

    expect((await deliver(update)).batchItemFailures).toHaveLength(1);
  });

  describe('after the last permitted receive', () => {
    beforeEach(() => {
      stored(anItemRow());
      dynamodb.on(TransactWriteCommand).rejects(new Error('unreachable'));
    });

    it('ends the request as dead-lettered, and has it announced, before the message goes', async () => {
      dynamodb.on(UpdateCommand).resolves({ Attributes: givenUp });

      expect((await deliver(update, 5)).batchItemFailures).toHaveLength(1);

      expect(valuesOf(updates()[0])).toEqual(
        expect.arrayContaining(['error', 'receives', expect.objectContaining({ type: '/problems/dead-lettered' })]),
      );
      expect(sent()).toMatchObject([{ body: { operation: 'announce', requestId } }]);
    });

    it('takes the request from the open ones only once its client has been told', async () => {
      dynamodb.on(UpdateCommand).resolves({ Attributes: givenUp });
      sqs.on(SendMessageCommand).rejects(new Error('unreachable'));

      await deliver(update, 5);
      expect(updates()).toHaveLength(1);

      sqs.on(SendMessageCommand).resolves({});
      await deliver(update, 5);
      expect(updates()).toHaveLength(3);
      expect(updates()[2]?.UpdateExpression).toMatch(/REMOVE #n\d$/);
    });

    it('leaves a request that is complete as it is', async () => {
      dynamodb.on(UpdateCommand).rejects(conditionFailed(aRow({ status: 'success' })));

      await deliver(update, 5);

      expect(updates()).toHaveLength(1);
      expect(sent()).toHaveLength(1);
    });

    it('ends no request of a message that cannot be read, whatever id came with it', async () => {
      await handler(sqsEvent({ body: '{"nonsense', receiveCount: 5, attributes: { requestId } }), lambdaContext());

      expect(updates()).toEqual([]);
      expect(sent()).toEqual([]);
    });

    it('tells nobody of a request that was accepted with another command', async () => {
      dynamodb.on(UpdateCommand).rejects(conditionFailed(aRow({ digest: 'another', status: 'success' })));

      await deliver(update, 5);

      expect(updates()).toHaveLength(1);
      expect(sent()).toEqual([]);
    });
  });

  it.each([
    ['no object', '[]'],
    ['an operation of another queue', JSON.stringify({ ...asked, operation: 'get' })],
    ['no item', JSON.stringify({ ...create, itemId: undefined })],
    ['no owner', JSON.stringify({ ...create, owner: '' })],
  ])('touches nothing for a message with %s', async (_case, body) => {
    const { batchItemFailures } = await handler(sqsEvent({ body }), lambdaContext());

    expect(batchItemFailures).toHaveLength(1);
    expect(dynamodb.calls()).toHaveLength(0);
  });
});
