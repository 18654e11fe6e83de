import { deadLettered, overdue, problemDocument } from '@app/http';
import type { Trace } from '@app/observability';
import type { Command } from '../queues/command.ts';
import type { Announcer } from '../queues/createAnnouncer.ts';
import { openedBefore } from '../requests/deadLetteredRequestRepository.ts';
import { isRememberedAs, isRowOf, requestOf } from '../requests/requestIdentity.ts';
import type { RequestRepository } from '../requests/requestRepository.ts';
import { isCompleted, type RequestRow } from '../requests/requestRow.ts';

interface Dependencies {
  readonly requests: Pick<RequestRepository, 'deadLetter' | 'markNotified'>;
  readonly announcer: Announcer;
}

/**
 * Ends requests that could not be carried out, and announces that. Until it is announced a request stays among the open
 * ones, so that the sweep tries again. One that was complete before is only announced again.
 */
export const createDeadLetter = ({ requests, announcer }: Dependencies) => {
  const announce = async (row: RequestRow, trace: Trace) => {
    if (!isCompleted(row)) return;
    await announcer.announce(row.requestId, trace);
    if (row.deadLettered) await requests.markNotified(row.requestId);
  };

  return {
    /** After a command's last receive has failed. A request that has another command stays as it is. */
    async afterReceives(command: Command, trace: Trace): Promise<void> {
      const request = requestOf(command);
      const { requestId } = request;
      const row = await requests.deadLetter(requestId, {
        by: 'receives',
        error: problemDocument(deadLettered(), requestId),
        condition: isRememberedAs(request, new Date().toISOString()),
      });
      if (row && isRowOf(row, request)) await announce(row, trace);
    },

    /** For a request that has stood open since before the time; one that was reopened since then stays as it is. */
    async afterTime(requestId: string, before: string, trace: Trace): Promise<void> {
      const row = await requests.deadLetter(requestId, {
        by: 'time',
        error: problemDocument(overdue(), requestId),
        condition: openedBefore(before),
      });
      if (row) await announce(row, trace);
    },
  };
};

export type DeadLetter = ReturnType<typeof createDeadLetter>;
