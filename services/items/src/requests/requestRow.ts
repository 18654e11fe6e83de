import type { ProblemDocument } from '@app/contracts';
import type { ItemRequest, ItemResult } from '@app/contracts/items';
import { ttlOf } from '@app/dynamodb';

/** A request as it is stored. Its status begins as `accepted`; a dead-lettered one counts as open again. */
export interface RequestRow {
  readonly requestId: string;
  readonly ownerId: string;
  readonly operation: ItemRequest['operation'];
  readonly itemId?: string | undefined;
  /** Over all that the command says: tells a replay from another request, and a request's own command from any other. */
  readonly digest: string;
  readonly status: ItemRequest['status'];
  readonly result?: ItemResult;
  readonly error?: ProblemDocument;
  /** Who ended the request, which could not be carried out: the worker after its last receive, or the sweep after a time. */
  readonly deadLettered?: 'receives' | 'time';
  readonly createdAt: string;
  readonly completedAt?: string;
  readonly expiresAt: string;
  readonly ttl: number;
  /** Both keep the row in the index of open requests, until its end has been announced. */
  readonly openShard?: string;
  readonly openedAt?: string;
}

const hour = 3_600_000;
const lifetimes = {
  request: 24 * hour,
  deadLetter: 15 * 24 * hour, // a dead letter is kept for 14 days, and redriven it must find its request
};

/** When a row ends that is written now. */
export const expiryOf = (kind: keyof typeof lifetimes, now: Date) => {
  const expiresAt = new Date(now.getTime() + lifetimes[kind]).toISOString();
  return { expiresAt, ttl: ttlOf(expiresAt) as number };
};

/** One hexadecimal digit: sixteen partitions of the index, 8,000 requests a second (docs/scaling.md). */
export const shards = '0123456789abcdef'.split('');
export const shardOf = (requestId: string) => requestId.slice(-1);

export const isCompleted = ({ status }: Pick<RequestRow, 'status'>) => status !== 'accepted';
