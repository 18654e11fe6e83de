import type { SQSClient } from '@aws-sdk/client-sqs';
import type { FailureDestinations } from '../../framework/types.ts';
import type { Resolve } from '../../template/resolver.ts';
import { queueUrl } from '../../template/resources.ts';

export interface Destinations {
  /** Undefined where no service declares a queue. */
  readonly queues: (() => { readonly client: SQSClient; readonly endpoint: string } | undefined) | undefined;
  readonly log: (message: string) => void;
}

/**
 * Sends the record of a failure to the queue that is named for it; one that has nowhere to go is told of. Resolves to
 * false when there is a queue that did not take it.
 */
export const failureQueueOf = (
  destinations: FailureDestinations | undefined,
  resolve: Resolve,
  { queues, log, functionName }: Destinations & { readonly functionName: string },
) => {
  const given = destinations?.onFailure;
  const arn = resolve(typeof given === 'object' ? given.arn : given);
  const queue = typeof arn === 'string' && arn.startsWith('arn:aws:sqs:') ? arn.split(':').at(-1) : undefined;
  return async (record: object): Promise<boolean> => {
    const engine = queues?.();
    if (!queue || !engine) {
      log(`${functionName} gave up an event, which is lost: it has no failure queue.`);
      return true;
    }
    const { SendMessageCommand } = await import('@aws-sdk/client-sqs');
    const message = { QueueUrl: queueUrl(engine.endpoint, queue), MessageBody: JSON.stringify(record) };
    return engine.client.send(new SendMessageCommand(message)).then(
      () => {
        log(`${functionName} gave up an event: it lies in ${queue}.`);
        return true;
      },
      (error: Error) => {
        log(`${functionName} gave up an event, which ${queue} did not take: ${error.message}`);
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
