import { listItems } from '@app/contracts/items';
import { decodeCursor } from '@app/http';
import { lambdaContext, sqsEvent } from '@app/test-support';
import { GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { handler } from '../../src/handlers/reader.ts';
import { requestOf } from '../../src/requests/requestIdentity.ts';
import { conditionFailed, dynamodb, resetAws, sent } from '../support/aws.ts';
import { anItem, anItemRow, aRequestRow, itemId, requestId } from '../support/rows.ts';

const asked = { requestId, owner: 'public' };
const get = { ...asked, operation: 'get', itemId } as const;
const list = { ...asked, operation: 'list', limit: 10 };

const deliver = (...bodies: object[]) => handler(sqsEvent(...bodies.map((body) => ({ body }))), lambdaContext());

interface Completion {
  readonly status: string;
  readonly document: Record<string, unknown>;
}

/** What requests were completed with. */
const completions = (): Completion[] =>
  dynamodb.commandCalls(UpdateCommand).map(({ args: [{ input }] }) => {
    const values = Object.values(input.ExpressionAttributeValues ?? {}) as unknown[];
    return {
      status: values.includes('success') ? 'success' : 'error',
      document: values.find((value) => typeof value === 'object') as Record<string, unknown>,
    };
  });

beforeEach(resetAws);

describe('the reader', () => {
  it('completes a request with the item, read consistently, and has it announced', async () => {
    dynamodb.on(GetCommand).resolves({ Item: anItemRow({ payloadDigest: 'p' }) });

    expect(await deliver(get)).toEqual({ batchItemFailures: [] });

    expect(dynamodb.commandCalls(GetCommand)[0]?.args[0].input.ConsistentRead).toBe(true);
    expect(completions()).toEqual([{ status: 'success', document: anItem() }]);
    expect(sent()).toMatchObject([{ queue: 'items-notifications-dev', body: { operation: 'announce', requestId } }]);
  });

  it.each([
    ['there is none', undefined],
    ['is somebody else’s', anItemRow({ ownerId: 'mallory' })],
  ])('ends a request for an item that %s as a 404', async (_case, row) => {
    dynamodb.on(GetCommand).resolves(row ? { Item: row } : {});

    await deliver(get);

    expect(completions()).toMatchObject([{ status: 'error', document: { type: '/problems/not-found', requestId } }]);
  });

  it('completes a request with a page, and the cursor of the next', async () => {
    const row = anItemRow();
    dynamodb.on(QueryCommand).resolves({ Items: [row], LastEvaluatedKey: { ...row } });

    await deliver({ ...list, limit: 1 });

    const [{ document }] = completions() as [Completion];
    expect(document).toEqual({ items: [anItem()], count: 1, nextCursor: expect.any(String) });
    expect(decodeCursor([listItems.operationId, 'public', {}], String(document.nextCursor))).toEqual([
      row.createdAt,
      row.itemId,
    ]);
  });

  it('goes on where the cursor ends', async () => {
    dynamodb.on(QueryCommand).resolves({ Items: [] });

    await deliver({ ...list, after: ['2026-01-01T00:00:00.000Z', itemId] });

    expect(dynamodb.commandCalls(QueryCommand)[0]?.args[0].input.ExclusiveStartKey).toEqual({
      ownerId: 'public',
      createdAt: '2026-01-01T00:00:00.000Z',
      itemId,
    });
    expect(completions()).toEqual([{ status: 'success', document: { items: [], count: 0 } }]);
  });

  it('ends a page at 64 KB, and leads on from the last item that is shown', async () => {
    const rows = Array.from({ length: 10 }, (_, index) =>
      anItemRow({ itemId: crypto.randomUUID(), name: `Bolt ${index}`, description: '🔩'.repeat(5000) }),
    );
    dynamodb.on(QueryCommand).resolves({ Items: rows });

    await deliver(list);

    const [{ document }] = completions() as [Completion];
    const { items, count, nextCursor } = document as { items: object[]; count: number; nextCursor: string };
    expect(count).toBe(3);
    expect(items).toHaveLength(3);
    expect(Buffer.byteLength(JSON.stringify(document))).toBeLessThan(64 * 1024);
    expect(decodeCursor([listItems.operationId, 'public', {}], nextCursor)[1]).toBe(rows[2]?.itemId);
  });

  it('ends a request with a cursor that fits no row as a 400', async () => {
    await deliver({ ...list, after: ['one part only'] });

    expect(completions()).toMatchObject([{ status: 'error', document: { status: 400 } }]);
  });

  it('leaves a complete request as it is, and has it announced once more', async () => {
    dynamodb.on(GetCommand).resolves({ Item: anItemRow() });
    dynamodb.on(UpdateCommand).rejects(conditionFailed(aRequestRow({ ...requestOf(get), status: 'success' })));

    expect(await deliver(get)).toEqual({ batchItemFailures: [] });
    expect(sent()).toHaveLength(1);
  });

  it('lets a read go to the dead letters, and tells nobody, whose request was accepted with another', async () => {
    dynamodb.on(GetCommand).resolves({ Item: anItemRow() });
    dynamodb.on(UpdateCommand).rejects(conditionFailed(aRequestRow({ ...requestOf(get), ownerId: 'alice' })));

    expect((await deliver(get)).batchItemFailures).toHaveLength(1);
    expect(sent()).toEqual([]);
  });

  it('answers all others of a batch when one cannot be read', async () => {
    dynamodb.on(GetCommand).resolves({ Item: anItemRow() });

    const { batchItemFailures } = await deliver(get, { operation: 'get' }, get);

    expect(batchItemFailures).toHaveLength(1);
    expect(completions()).toHaveLength(2);
  });
});
