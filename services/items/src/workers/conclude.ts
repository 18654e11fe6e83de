import { MisdirectedMessageError } from '@app/middleware';
import type { Trace } from '@app/observability';
import type { Command } from '../queues/command.ts';
import type { Announcer } from '../queues/createAnnouncer.ts';
import type { Completed } from '../requests/requestRepository.ts';

/**
 * What follows once a worker has tried to complete a command's request: its completion is announced, once more where it
 * was complete before. Resolves to the outcome. Throws where the request is gone, or is not the command's: nothing was
 * changed then, and nothing is announced.
 */
export const conclude = async (
  announcer: Pick<Announcer, 'announce'>,
  { command, trace, completed, outcome }: { command: Command; trace: Trace; completed: Completed; outcome: string },
): Promise<string> => {
  if (completed === 'forgotten') throw new MisdirectedMessageError(`There is no request ${command.requestId}`);
  if (completed === 'another')
    throw new MisdirectedMessageError(`Request ${command.requestId} was accepted with another command`);
  await announcer.announce(command.requestId, trace);
  return completed === 'completed' ? outcome : completed;
};
