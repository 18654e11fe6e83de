import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Resolve } from '../cloudFormation/resolver.ts';
import { queueUrl } from '../cloudFormation/resources.ts';
import type { FailureDestinations } from '../serverless/types.ts';

export interface Destinations {
  /** Undefined where no service declares a queue. */
  readonly queues: (() => { readonly client: SQSClient; readonly endpoint: string } | undefined) | undefined;
  readonly say: (message: string) => void;
}

/**
 * Sends the record of a failure to the queue that is named for it; one that has nowhere to go is told of. Resolves to
 * false when there is a queue that did not take it.
 */
export const failureQueueOf = (
  destinations: FailureDestinations | undefined,
  resolve: Resolve,
  { queues, say, functionName }: Destinations & { readonly functionName: string },
) => {
  const given = destinations?.onFailure;
  const arn = resolve(typeof given === 'object' ? given.arn : given);
  const queue = typeof arn === 'string' && arn.startsWith('arn:aws:sqs:') ? arn.split(':').at(-1) : undefined;
  return async (record: object): Promise<boolean> => {
    const engine = queues?.();
    if (!queue || !engine) {
      say(`${functionName} gave up an event, which is lost: it has no failure queue.`);
      return true;
    }
    const { SendMessageCommand } = await import('@aws-sdk/client-sqs');
    const message = { QueueUrl: queueUrl(engine.endpoint, queue), MessageBody: JSON.stringify(record) };
    return engine.client.send(new SendMessageCommand(message)).then(
      () => {
        say(`${functionName} gave up an event: it lies in ${queue}.`);
        return true;
      },
      (error: Error) => {
        say(`${functionName} gave up an event, which ${queue} did not take: ${error.message}`);
        return false;
      },
    );
  };
};

/** The same for those that go on whether it was taken or not. */
export const onFailureOf = (...given: Parameters<typeof failureQueueOf>) => {
  const send = failureQueueOf(...given);
  return async (record: object): Promise<void> => void (await send(record));
};
