import type { Accepted, ItemResult } from '@app/contracts';
import { accepted, type HttpResponse, idempotencyKeyReused, problemFrom } from '@app/http';
import type { Trace } from '@app/observability';
import type { Queue, SendOptions } from '@app/queue';
import type { Command } from './command.ts';
import { requestOf } from './requestIdentity.ts';
import type { RequestRepository } from './requestRepository.ts';
import type { RequestRow } from './requestRow.ts';
import type { UntilCompleted } from './untilCompleted.ts';

interface Acceptor {
  readonly requests: Pick<RequestRepository, 'accept' | 'reopen'>;
  readonly queue: Pick<Queue, 'send'>;
  readonly sendOptions: (command: Command) => SendOptions;
  readonly untilCompleted: UntilCompleted;
}

interface Terms<Result, Finished> {
  /** Seconds that the caller would wait. */
  readonly wait: number | undefined;
  readonly trace: Trace;
  /** The answer once the request has succeeded. */
  readonly finished: (result: Result) => Finished;
}

/** Only what nobody has begun to give up is sent again as it is; a completed request has been queued before. */
const mustBeSent = ({ status, deadLettered }: RequestRow) => status === 'accepted' || deadLettered === 'time';

/**
 * Accepts commands: the request's row first, then the message. Nothing is answered 202 that is not queued: where sending
 * fails the answer is a 503, or a 500 when it will not pass by itself. The row stays open either way, and the next try
 * under the same Idempotency-Key sends again. The queue's deduplication, and the writer's transaction, see to it that two
 * messages do once what they ask.
 */
export const createAccept = ({ requests, queue, sendOptions, untilCompleted }: Acceptor) => {
  const takeOn = async (command: Command, trace: Trace) => {
    const request = requestOf(command);
    const { row, replayed } = await requests.accept(request);
    if (row.digest !== request.digest) throw idempotencyKeyReused('request');
    if (row.deadLettered === 'time') await requests.reopen(row.requestId);
    if (mustBeSent(row)) await queue.send(command, trace, sendOptions(command));
    return { row, replayed };
  };

  return async <Result extends ItemResult, Finished extends HttpResponse>(
    command: Command,
    { wait, trace, finished }: Terms<Result, Finished>,
  ): Promise<Finished | HttpResponse<202, Accepted>> => {
    const { row, replayed } = await takeOn(command, trace);
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
