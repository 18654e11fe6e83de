import { absent, allOf, type Condition, equals, unexpired } from '@app/dynamodb';
import { payloadDigest } from '@app/http';
import { type Command, itemIdOf, publicOperation } from '../queues/command.ts';
import type { RequestRow } from './requestRow.ts';

/** What a request is known by: its row is written with it, and every command is compared with it. */
export type RequestIdentity = Pick<RequestRow, 'requestId' | 'ownerId' | 'operation' | 'itemId' | 'digest'>;

/** The request of a command. The digest is over all that the command says but its request's id, which derives from the key. */
export const requestOf = (command: Command): RequestIdentity => {
  const { requestId, ...said } = command;
  return {
    requestId,
    ownerId: command.owner,
    operation: publicOperation[command.operation],
    itemId: itemIdOf(command),
    digest: payloadDigest(said),
  };
};

/** Whether a row is that of the request. */
export const isRowOf = (row: RequestRow, { ownerId, operation, itemId, digest }: RequestIdentity): boolean =>
  row.ownerId === ownerId && row.operation === operation && row.itemId === itemId && row.digest === digest;

/** The same, as the condition of a write: holds for the request's row while it is remembered. */
export const isRememberedAs = ({ ownerId, operation, itemId, digest }: RequestIdentity, now: string): Condition =>
  allOf(
    unexpired(now),
    equals('ownerId', ownerId),
    equals('operation', operation),
    itemId === undefined ? absent('itemId') : equals('itemId', itemId),
    equals('digest', digest),
  );
