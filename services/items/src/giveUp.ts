import { deadLettered, problemDocument } from '@app/http';
import type { Trace } from '@app/observability';
import type { Announcer } from './announcement.ts';
import type { RequestRepository } from './requestRepository.ts';
import { isCompleted, type RequestRow } from './requestRow.ts';

interface GivingUp {
  readonly requests: Pick<RequestRepository, 'giveUp' | 'told'>;
  readonly announcer: Announcer;
}

/**
 * Ends a request that nobody could carry out, and has its client told. Until that is done the request stays among the
 * open ones, so that the sweep does it once more. One that was complete is announced once more, and nothing else.
 */
export const createGiveUp =
  ({ requests, announcer }: GivingUp) =>
  async (by: RequestRow['deadLettered'], trace: Trace): Promise<void> => {
    const { requestId } = trace;
    const row = await requests.giveUp(requestId, problemDocument(deadLettered(), requestId), by);
    if (!row || !isCompleted(row)) return;
    await announcer.announce(requestId, trace);
    if (row.deadLettered) await requests.told(requestId);
  };
