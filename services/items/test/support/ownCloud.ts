import type { HttpAnswer } from '@app/test-support';
import { startServiceCloud } from '@app/test-support/serviceCloud';
import { settled } from '@app/test-support/time';

/** A local cloud of a test's own, with items alone. Schedules run every second. */
export const startItemsCloud = async (functionEnvironment: Readonly<Record<string, string>> = {}) => {
  const cloud = await startServiceCloud('items', { functionEnvironment, args: ['--schedule-seconds', '1'] });
  const { dynamodb, sqs = '' } = cloud.endpoints;
  return {
    ...cloud,
    endpoints: { dynamodb, sqs },
    /** The id of the command that an exchange asked for: only the log has it where the answer is a problem. */
    async commandOf({ headers }: Pick<HttpAnswer, 'headers'>): Promise<string> {
      const id = headers.get('x-request-id');
      const [line] = await settled(
        () => cloud.linesOf(id),
        ({ length }) => length > 0,
      ); // the answer may be here before it
      if (!line) throw new Error(`No log line names ${String(id)}`);
      return String(line['commandRequestId']);
    },
  };
};

export type ItemsCloud = Awaited<ReturnType<typeof startItemsCloud>>;
