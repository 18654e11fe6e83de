import { untilSettled } from '@app/dynamodb';
import { HttpProblem, problemDocument } from '@app/http';
import type { Trace } from '@app/observability';
import type { ItemRepository } from '../items/itemRepository.ts';
import type { WriteCommand } from '../queues/command.ts';
import type { Announcer } from '../queues/createAnnouncer.ts';
import { requestOf } from '../requests/requestIdentity.ts';
import type { RequestRepository } from '../requests/requestRepository.ts';
import { conclude } from './conclude.ts';
import { type Decision, decide } from './decide.ts';

interface Dependencies {
  readonly items: ItemRepository;
  readonly requests: Pick<RequestRepository, 'complete'>;
  readonly announcer: Announcer;
}

/** Refusals are results; whatever else goes wrong is for another attempt. */
const judge = (decision: () => Decision): Decision | HttpProblem => {
  try {
    return decision();
  } catch (error) {
    if (error instanceof HttpProblem) return error;
    throw error;
  }
};

/**
 * Carries out a command: one transaction changes the item and completes the request, if that is still open and was
 * accepted with this very command; then its completion is announced. A command that is delivered again changes nothing,
 * and is announced again.
 */
export const createWriter = ({ items, requests, announcer }: Dependencies) => {
  const settle = async (command: WriteCommand) => {
    const request = requestOf(command);
    const row = await items.find(command.owner, command.itemId);
    const decision = judge(() => decide(items, command, row));
    if (decision instanceof HttpProblem) {
      const error = problemDocument(decision, request.requestId);
      return { completed: await requests.complete(request, { status: 'error', error }), outcome: decision.slug };
    }
    const { result, write } = decision;
    return { completed: await requests.complete(request, { status: 'success', result }, write), outcome: 'success' };
  };

  return async (command: WriteCommand, trace: Trace): Promise<string> => {
    const settled = await untilSettled(() => settle(command)); // others may write in between
    return conclude(announcer, { command, trace, ...settled });
  };
};
