import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { keepWarm } from '../keepWarm.ts';
import { observedWork } from '../observedWork.ts';

/** One change of a row. An image is absent where there was none, or is none. */
export interface RowChange<Row> {
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  /** The same at every delivery of the change. */
  readonly eventId: string;
  readonly oldImage: Partial<Row> | undefined;
  readonly newImage: Partial<Row> | undefined;
}

interface StreamHandler<Row> {
  /** What the consumer is called in log lines and metrics. */
  readonly worker: string;
  /** Resolves to an outcome for the log, e.g. `removed`. Throws when it must be tried again. */
  readonly handle: (change: RowChange<Row>) => Promise<string>;
}

const imageOf = <Row>(image: object | undefined) =>
  image && (unmarshall(image as Parameters<typeof unmarshall>[0]) as Partial<Row>);

const changeOf = <Row>({ eventID = '', eventName = 'MODIFY', dynamodb }: DynamoDBRecord): RowChange<Row> => ({
  eventName,
  eventId: eventID,
  oldImage: imageOf(dynamodb?.OldImage),
  newImage: imageOf(dynamodb?.NewImage),
});

class BehindAFailureError extends Error {
  override readonly name = 'BehindAFailureError';
}

/**
 * Turns a row change's handler into a Lambda handler for a table's stream (`ReportBatchItemFailures`). Changes are handled
 * one after another; the first that fails and all behind it are reported, and come again: the order of a row's changes
 * holds. One log line and one metric record for each change.
 */
export const createStreamHandler = <Row>({ worker, handle }: StreamHandler<Row>) => {
  const observe = observedWork({ worker, kind: 'change' });

  return keepWarm(async (event: DynamoDBStreamEvent, context): Promise<DynamoDBBatchResponse> => {
    let hasFailed = false;
    const process = async (record: DynamoDBRecord) => {
      if (hasFailed) throw new BehindAFailureError(record.eventID);
      const { ApproximateCreationDateTime: seconds = Date.now() / 1000, SequenceNumber } = record.dynamodb ?? {};
      const details = { eventId: record.eventID, eventName: record.eventName, sequenceNumber: SequenceNumber };
      try {
        await observe({ context, age: Date.now() - seconds * 1000, details }, () => handle(changeOf<Row>(record)));
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    };
    return processPartialResponse(event, process, new BatchProcessor(EventType.DynamoDBStreams), {
      context,
      processInParallel: false,
      throwOnFullBatchFailure: false, // which would be a failure of the function, and log as one
    });
  });
};
