import { deadLettered, overdue, problemDocument } from '@app/http';
import type { Trace } from '@app/observability';
import type { Announcer } from './announcement.ts';
import type { Command } from './command.ts';
import { openedBefore } from './givenUpRequests.ts';
import { isRememberedAs, isRowOf, requestOf } from './requestIdentity.ts';
import type { RequestRepository } from './requestRepository.ts';
import { isCompleted, type RequestRow } from './requestRow.ts';

interface GivingUp {
  readonly requests: Pick<RequestRepository, 'giveUp' | 'told'>;
  readonly announcer: Announcer;
}

/**
 * Ends requests that nobody could carry out, and has their clients told. Until that is done a request stays among the open
 * ones, so that the sweep does it once more. One that was complete is announced once more, and nothing else.
 */
export const createGiveUp = ({ requests, announcer }: GivingUp) => {
  const announce = async (row: RequestRow, trace: Trace) => {
    if (!isCompleted(row)) return;
    await announcer.announce(row.requestId, trace);
    if (row.deadLettered) await requests.told(row.requestId);
  };

  return {
    /** Its command has failed for the last time. A request that has another command is left alone. */
    async afterReceives(command: Command, trace: Trace): Promise<void> {
      const request = requestOf(command);
      const { requestId } = request;
      const row = await requests.giveUp(requestId, {
        by: 'receives',
        error: problemDocument(deadLettered(), requestId),
        condition: isRememberedAs(request, new Date().toISOString()),
      });
      if (row && isRowOf(row, request)) await announce(row, trace);
    },

    /** It has stood open since before the time; one that was opened anew since then is left alone. */
    async afterTime(requestId: string, before: string, trace: Trace): Promise<void> {
      const row = await requests.giveUp(requestId, {
        by: 'time',
        error: problemDocument(overdue(), requestId),
        condition: openedBefore(before),
      });
      if (row) await announce(row, trace);
    },
  };
};

export type GiveUp = ReturnType<typeof createGiveUp>;
