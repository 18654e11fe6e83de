import { logger, startTrace, traceIdOf } from '@app/observability';
import type { RequestRepository } from '../requests/requestRepository.ts';
import { shards } from '../requests/requestRow.ts';
import type { DeadLetter } from './createDeadLetter.ts';

interface Dependencies {
  readonly requests: Pick<RequestRepository, 'listOpenSince'>;
  readonly deadLetter: Pick<DeadLetter, 'afterTime'>;
}

const overdueAfter = 15 * 60_000; // milliseconds; the slowest way to the dead letters takes less: five receives of up to a minute
const perPage = 25; // 400 of all shards; what is left is for the next minute
const maxPages = 4;
const longest = 10_000; // milliseconds after which no other page is begun

/** Whether it was done; a failure is logged. */
const succeeds = async (work: Promise<unknown>, line: Readonly<Record<string, unknown>>) => {
  try {
    await work;
    return true;
  } catch (error) {
    logger.error('swept', { ...line, error });
    return false;
  }
};

/**
 * Closes the requests that have stood open for 15 minutes. Whatever fails holds up nothing else and is done by the next
 * sweep. Resolves to an outcome for the log; throws, once all others are closed, when anything has failed: that is what
 * the alarm on this function counts.
 */
export const createSweep = ({ requests, deadLetter }: Dependencies) => {
  const close = (requestId: string, before: string) => {
    const trace = startTrace(undefined, requestId);
    const line = { requestId, traceId: traceIdOf(trace) };
    const closing = deadLetter.afterTime(requestId, before, trace).then(() => logger.info('swept', line));
    return succeeds(closing, line);
  };

  return async (now = new Date()): Promise<string> => {
    const before = new Date(now.getTime() - overdueAfter).toISOString();
    const startedAt = performance.now();
    let [closed, failed] = [0, 0];

    /** Those that fail stay first in the index: behind a page of them there may be others. */
    const sweepShard = async (shard: string) => {
      let after: Record<string, unknown> | undefined;
      for (let page = 0; page < maxPages && performance.now() - startedAt < longest; page++) {
        const { requestIds, lastKey } = await requests.listOpenSince(shard, before, { limit: perPage, after });
        const outcomes = await Promise.all(requestIds.map((requestId) => close(requestId, before)));
        const done = outcomes.filter(Boolean).length;
        closed += done;
        failed += outcomes.length - done;
        if (done > 0 || !lastKey) return;
        after = lastKey;
      }
    };

    const shardsDone = await Promise.all(shards.map((shard) => succeeds(sweepShard(shard), { shard })));
    failed += shardsDone.filter((isDone) => !isDone).length;
    if (failed > 0) throw new Error(`${failed} requests or shards could not be swept, ${closed} were closed`);
    return `${closed} closed`;
  };
};
