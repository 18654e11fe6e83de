import type { S3Event, S3EventRecord } from 'aws-lambda';
import { keepWarm } from '../keepWarm.ts';
import { observedWork } from '../observedWork.ts';

/** What a bucket tells of an object. */
export interface ObjectEvent {
  readonly key: string;
  /** The same at every delivery of the event. */
  readonly deliveryId: string;
}

interface ObjectEventHandler {
  /** What the worker is called in log lines and metrics. */
  readonly worker: string;
  /** Resolves to an outcome for the log, e.g. `uploaded`. Throws when it must be tried again. */
  readonly handle: (event: ObjectEvent) => Promise<string>;
}

/** Keys in events are encoded as in forms: a space is a plus sign. */
const keyOf = ({ s3 }: S3EventRecord) => decodeURIComponent(s3.object.key.replaceAll('+', ' '));

/**
 * Turns an object's handler into a Lambda handler for a bucket's notifications. What fails fails the invocation: Lambda
 * tries it again, twice, and hands it to the function's failure destination then. One log line and one metric record each.
 */
export const createObjectEventHandler = ({ worker, handle }: ObjectEventHandler) => {
  const observe = observedWork({ worker, kind: 'object event' });

  return keepWarm(async ({ Records = [] }: Partial<S3Event>, context): Promise<void> => {
    // S3 puts one record into an event; a test event, which it sends when the notification is set, has none
    for (const record of Records) {
      const key = keyOf(record);
      const { sequencer, size } = record.s3.object;
      const details = { eventName: record.eventName, s3Key: key, size, sequencer };
      const age = Date.now() - Date.parse(record.eventTime);
      await observe({ context, age, details }, () => handle({ key, deliveryId: `${key} ${sequencer}` }));
    }
  });
};
