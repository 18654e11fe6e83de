import { randomUUID } from 'node:crypto';
import { currentTrace, currentWork, type Trace } from '@app/observability';

/**
 * The trace of the command that an exchange asks for: the same, but under the command's own id. Every exchange that
 * repeats it under an Idempotency-Key leads to that id, and has another of its own (decision 0012).
 */
export const beginCommand = (requestId: string = randomUUID()): Trace => {
  const work = currentWork();
  if (work) work.ids['commandRequestId'] = requestId;
  return { ...currentTrace(), requestId };
};
