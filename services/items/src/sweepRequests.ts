import { logger, startTrace, traceIdOf } from '@app/observability';
import type { createGiveUp } from './giveUp.ts';
import type { RequestRepository } from './requestRepository.ts';

interface Sweep {
  readonly requests: Pick<RequestRepository, 'listOpenSince'>;
  readonly giveUp: ReturnType<typeof createGiveUp>;
}

const patience = 15 * 60_000; // the slowest way to the dead letters takes less: five receives of up to a minute
const perShard = 25; // 400 in all; what is left is for the next minute

/** Closes the requests that have stood open for 15 minutes. One that cannot be closed now is closed by the next sweep. */
export const createSweep =
  ({ requests, giveUp }: Sweep) =>
  async (now = new Date()): Promise<{ closed: number; failed: number }> => {
    const before = new Date(now.getTime() - patience).toISOString();
    const ids = await requests.listOpenSince(before, perShard);
    const outcomes = await Promise.all(
      ids.map(async (requestId) => {
        const trace = startTrace(undefined, requestId);
        const line = { requestId, traceId: traceIdOf(trace) };
        try {
          await giveUp('time', trace);
          logger.info('swept', line);
          return true;
        } catch (error) {
          logger.error('swept', { ...line, error });
          return false;
        }
      }),
    );
    const closed = outcomes.filter(Boolean).length;
    return { closed, failed: outcomes.length - closed };
  };
