import type { Item, ItemRequest, ItemResult } from '@app/contracts/items';
import { entityTagOf } from '@app/http';
import type { RequestRow } from './requestRow.ts';

const isItem = (result: ItemResult | undefined): result is Item => result !== undefined && 'version' in result;

/** A request as its owner sees it. */
export const toRequest = ({
  requestId,
  operation,
  status,
  result,
  error,
  createdAt,
  completedAt,
}: RequestRow): ItemRequest => ({
  requestId,
  operation,
  status,
  ...(result && { result }),
  ...(isItem(result) && { etag: entityTagOf(result) }),
  ...(error && { error }),
  createdAt,
  ...(completedAt && { completedAt }),
});

const largestMessage = 30 * 1024; // a frame of a WebSocket API has 32 KB

/** What subscribers are told of a request that is complete, as text; a result that does not fit in a frame is left out. */
export const toNotification = ({ requestId, operation, status, result, error }: RequestRow): string => {
  const head = { type: 'notification', requestId, operation, status };
  const whole = JSON.stringify({ ...head, result: status === 'error' ? error : result });
  const fits = Buffer.byteLength(whole) <= largestMessage;
  return fits ? whole : JSON.stringify({ ...head, resultUrl: `/requests/${requestId}` });
};
