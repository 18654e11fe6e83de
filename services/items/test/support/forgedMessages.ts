import { documentClient, transactWrite } from '@app/dynamodb';
import { lambdaContext, sqsEvent } from '@app/test-support';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { handler as reader } from '../../src/handlers/reader.ts';
import { handler as writer } from '../../src/handlers/writer.ts';
import { createItemRepository } from '../../src/items/itemRepository.ts';
import { requestOf } from '../../src/requests/requestIdentity.ts';
import { createRequestRepository } from '../../src/requests/requestRepository.ts';
import type { Forgery, VictimCommand } from './forgeries.ts';
import { anItemRow } from './rows.ts';

const consumers = { writes: writer, reads: reader };
const items = createItemRepository(documentClient, 'items-dev');
const requests = createRequestRepository(documentClient, 'items-requests-dev');
const sqs = mockClient(SQSClient);
sqs.onAnyCommand().resolves({});

const announcementsOf = (requestId: string) =>
  sqs
    .commandCalls(SendMessageCommand)
    .filter(({ args: [{ input }] }) => input.MessageBody?.toLowerCase().includes(requestId))
    .map(({ args: [{ input }] }) => input.QueueUrl?.split('/').at(-1));

/** Hands a message out as a queue does: five times, unless it is acknowledged. Resolves to how often it was refused. */
const deliver = async (queue: Forgery['queue'], body: string, requestId: string) => {
  for (let receiveCount = 1; receiveCount <= 5; receiveCount++) {
    const event = sqsEvent({ body, receiveCount, attributes: { requestId } });
    const { batchItemFailures } = await consumers[queue](event, lambdaContext());
    if (batchItemFailures.length === 0) return receiveCount - 1;
  }
  return 5;
};

const anItem = async () => {
  const row = anItemRow({ itemId: crypto.randomUUID(), quantity: 0, version: 1 });
  await transactWrite(documentClient, [items.insertion(row)]);
  return row.itemId;
};

/** A request that is accepted, and whose command is not on its queue yet. */
const aVictim = async (operation: VictimCommand['operation']) => {
  const itemId = await anItem();
  const asked = { requestId: crypto.randomUUID(), owner: 'public', itemId };
  const own: VictimCommand =
    operation === 'update' ? { operation, ...asked, changes: { quantity: 1 } } : { operation, ...asked };
  await requests.accept(requestOf(own));
  return { own, another: await anItem() };
};

/** Sets a request's expiry back, as time would. */
const expire = (requestId: string) =>
  documentClient.send(
    new UpdateCommand({
      TableName: 'items-requests-dev',
      Key: { requestId },
      UpdateExpression: 'SET expiresAt = :past',
      ExpressionAttributeValues: { ':past': new Date(Date.now() - 1000).toISOString() },
    }),
  );

/** What there is that a forgery could change: the request, both items, what clients are told. */
const stateOf = async ({ own, another }: { own: VictimCommand; another: string }) => ({
  request: await requests.get(own.requestId),
  item: await items.find('public', own.itemId),
  another: await items.find('public', another),
  announcements: announcementsOf(own.requestId),
});

/** Delivers the own command of a request twice: after the time has passed for which it is remembered, if so. */
export const deliverTwice = async ({ isForgotten }: { isForgotten: boolean }) => {
  const victim = await aVictim('update');
  const { own } = victim;
  if (isForgotten) await expire(own.requestId);
  const deliverOwn = () => deliver('writes', JSON.stringify(own), own.requestId);
  return { refused: [await deliverOwn(), await deliverOwn()], end: await stateOf(victim) };
};

/** Delivers a forgery, and then the command of the request that it names. */
export const deliverForgery = async ({ victim: operation, queue, forge }: Forgery) => {
  const victim = await aVictim(operation);
  const { own, another } = victim;
  const forged = forge(own, another);
  const body = typeof forged === 'string' ? forged : JSON.stringify(forged);

  const before = await stateOf(victim);
  const refused = await deliver(queue, body, own.requestId);
  const after = await stateOf(victim);
  const ownRefused = await deliver(operation === 'update' ? 'writes' : 'reads', JSON.stringify(own), own.requestId);
  const again = await deliver(queue, body, own.requestId);
  return { before, refused, after, ownRefused, again, end: await stateOf(victim) };
};
