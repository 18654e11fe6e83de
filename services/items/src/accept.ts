import { setTimeout as delay } from 'node:timers/promises';
import type { Accepted, ItemResult } from '@app/contracts';
import { accepted, type HttpResponse, idempotencyKeyReused, problemFrom } from '@app/http';
import type { Trace } from '@app/observability';
import type { Queue, SendOptions } from '@app/queue';
import type { Command } from './command.ts';
import { requestOf } from './requestIdentity.ts';
import type { RequestRepository } from './requestRepository.ts';
import { isCompleted, type RequestRow } from './requestRow.ts';

interface Acceptor {
  readonly requests: Pick<RequestRepository, 'accept' | 'get' | 'reopen'>;
  readonly queue: Pick<Queue, 'send'>;
  readonly sendOptions: (command: Command) => SendOptions;
}

interface Terms<Result, Finished> {
  /** Seconds that the caller would wait. */
  readonly wait: number | undefined;
  readonly trace: Trace;
  /** The answer once the request has succeeded. */
  readonly finished: (result: Result) => Finished;
}

const firstPause = 10; // milliseconds; doubled each time
const longestPause = 400;

/** Only what nobody has begun to give up is sent again as it is; a completed request has been queued before. */
const mustBeSent = ({ status, deadLettered }: RequestRow) => status === 'accepted' || deadLettered === 'time';

/**
 * Accepts commands: the request's row first, then the message. Nothing is answered 202 that is not queued: where sending
 * fails the answer is a 503, or a 500 when it will not pass by itself. The row stays open either way, and the next try
 * under the same Idempotency-Key sends again. The queue's deduplication, and the writer's transaction, see to it that two
 * messages do once what they ask.
 */
export const createAccept = ({ requests, queue, sendOptions }: Acceptor) => {
  const untilCompleted = async (requestId: string, seconds: number) => {
    const deadline = Date.now() + seconds * 1000;
    for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
      const row = await requests.get(requestId);
      if (!row || isCompleted(row) || Date.now() >= deadline) return row;
      await delay(Math.min(pause, Math.max(deadline - Date.now(), 1)));
    }
  };

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
    const headers = {
      ...(replayed && { 'Idempotency-Replayed': 'true' }),
      ...(wait !== undefined && { 'Preference-Applied': `wait=${wait}` }),
    };
    const latest = wait === undefined ? undefined : await untilCompleted(row.requestId, wait);
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
