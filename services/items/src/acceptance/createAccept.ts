import type { Accepted, ItemResult } from '@app/contracts/items';
import { accepted, type HttpResponse, idempotencyKeyReused, problemFrom } from '@app/http';
import type { Trace } from '@app/observability';
import type { Command } from '../queues/command.ts';
import { requestOf } from '../requests/requestIdentity.ts';
import type { RequestRepository } from '../requests/requestRepository.ts';
import type { RequestRow } from '../requests/requestRow.ts';
import type { UntilCompleted } from './createUntilCompleted.ts';

interface Dependencies<C extends Command> {
  readonly requests: Pick<RequestRepository, 'accept' | 'reopen'>;
  /** Puts the command onto its queue. */
  readonly send: (command: C, trace: Trace) => Promise<void>;
  readonly untilCompleted: UntilCompleted;
}

interface Options<Result, Finished> {
  /** Seconds that the caller would wait. */
  readonly wait: number | undefined;
  readonly trace: Trace;
  /** The answer once the request has succeeded. */
  readonly finished: (result: Result) => Finished;
}

/** A worker has begun to end what is dead-lettered by `receives`; a completed request has been queued before. */
const mustBeSent = ({ status, deadLettered }: RequestRow) => status === 'accepted' || deadLettered === 'time';

/**
 * Accepts commands: the request's row first, then the message. Nothing is answered 202 that is not queued: where sending
 * fails the answer is a 503, or a 500 when it will not pass by itself. The row stays open either way, and the next try
 * under the same Idempotency-Key sends again. The queue's deduplication, and the writer's transaction, see to it that two
 * messages do once what they ask.
 */
export const createAccept = <C extends Command>({ requests, send, untilCompleted }: Dependencies<C>) => {
  const accept = async (command: C, trace: Trace) => {
    const request = requestOf(command);
    const { row, replayed } = await requests.accept(request);
    if (row.digest !== request.digest) throw idempotencyKeyReused('request');
    if (row.deadLettered === 'time') await requests.reopen(row.requestId);
    if (mustBeSent(row)) await send(command, trace);
    return { row, replayed };
  };

  return async <Result extends ItemResult, Finished extends HttpResponse>(
    command: C,
    { wait, trace, finished }: Options<Result, Finished>,
  ): Promise<Finished | HttpResponse<202, Accepted>> => {
    const { row, replayed } = await accept(command, trace);
    const waited =
      wait === undefined ? 'noPlace' : await untilCompleted({ requestId: row.requestId, seconds: wait, replayed });
    const headers = {
      ...(replayed && { 'Idempotency-Replayed': 'true' }),
      ...(waited !== 'noPlace' && { 'Preference-Applied': `wait=${wait}` }),
    };
    const latest = waited === 'noPlace' ? undefined : waited.row;
    if (latest?.error) throw problemFrom(latest.error, headers);
    if (latest?.result) {
      const answer = finished(latest.result as Result);
      return { ...answer, headers: { ...answer.headers, ...headers } };
    }
    const { requestId, itemId } = row;
    const body: Accepted = { requestId, ...(itemId !== undefined && { itemId }), status: 'accepted' };
    return { ...accepted(body, `/requests/${requestId}`), headers };
  };
};
