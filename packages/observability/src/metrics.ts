import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { EmfOutput } from '@aws-lambda-powertools/metrics/types';
import { namespace } from './namespace.ts';

type Count =
  | 'Requests'
  | 'Successes'
  | 'ClientErrors'
  | 'ServerErrors'
  | 'Processed'
  | 'Failed'
  | 'ConsumedReadCapacity'
  | 'ConsumedWriteCapacity';
type Time = 'Age' | 'Latency';

const times: readonly string[] = ['Age', 'Latency'] satisfies Time[];
const unitOf = (name: string) => (times.includes(name) ? MetricUnit.Milliseconds : MetricUnit.Count);

type Values = Readonly<Partial<Record<Count | Time | 'LatencyWithoutWait', number>>>;
type MetricDirective = EmfOutput['_aws']['CloudWatchMetrics'][number];

/** Counted under the service alone: an alarm takes no sum over operations. */
const ofService: MetricDirective = {
  Namespace: namespace,
  Dimensions: [['service']],
  Metrics: [{ Name: 'LatencyWithoutWait', Unit: MetricUnit.Milliseconds }],
};

/**
 * Writes records in CloudWatch's embedded metric format, by operation. Nothing is sent: CloudWatch reads them from the log.
 * Only time and values differ from one record of an operation to the next: Powertools judges and makes the first, which
 * takes 10 µs, and the others are made after it.
 */
class OperationMetrics extends Metrics {
  readonly #shapes = new Map<string, EmfOutput>();

  record(operation: string, values: Values) {
    if (this.isDisabled()) return;
    const key = [operation, ...Object.keys(values)].join();
    const shape = this.#shapes.get(key) ?? this.#shapeOf(operation, values);
    this.#shapes.set(key, shape);
    const line = { ...shape, ...values, _aws: { ...shape._aws, Timestamp: Date.now() } };
    process.stdout.write(`${JSON.stringify(line)}\n`); // Lambda's console would put a time in front of it
  }

  #shapeOf(operation: string, values: Values) {
    this.addDimension('operation', operation);
    const { LatencyWithoutWait, ...own } = values;
    for (const [name, value] of Object.entries(own)) this.addMetric(name, unitOf(name), value);
    const shape = this.serializeMetrics();
    this.clearMetrics();
    this.clearDimensions();
    if (LatencyWithoutWait !== undefined) shape._aws.CloudWatchMetrics.push(ofService);
    return shape;
  }
}

const metrics = new OperationMetrics({ namespace });

/** What one request came to. Duration in milliseconds, capacity in DynamoDB's units. */
export interface RequestMeasures {
  readonly operation: string;
  readonly status: number;
  readonly duration: number;
  readonly capacity: { readonly read: number; readonly write: number };
  /** Whether the caller has asked to wait for an outcome (`Prefer: wait`), where it could: that is not slowness. */
  readonly asksToWait?: boolean;
}

type Capacity = RequestMeasures['capacity'];

const consumed = ({ read, write }: Capacity) => ({ ConsumedReadCapacity: read, ConsumedWriteCapacity: write });

const outcomeOf = (status: number) => (status < 400 ? 'Successes' : status < 500 ? 'ClientErrors' : 'ServerErrors');

/** The metric record of a request. */
export const recordRequest = ({ operation, status, duration, capacity, asksToWait }: RequestMeasures) =>
  metrics.record(operation, {
    Requests: 1,
    [outcomeOf(status)]: 1,
    Latency: duration,
    ...(asksToWait === false && { LatencyWithoutWait: duration }),
    ...consumed(capacity),
  });

/** What one message came to. Age (since it was sent) and duration in milliseconds. */
export interface MessageMeasures {
  readonly operation: string;
  readonly failed: boolean;
  readonly age: number;
  readonly duration: number;
  readonly capacity: { readonly read: number; readonly write: number };
}

/** The metric record of a message, by queue operation. */
export const recordMessage = ({ operation, failed, age, duration, capacity }: MessageMeasures) =>
  metrics.record(operation, {
    [failed ? 'Failed' : 'Processed']: 1,
    Age: age,
    Latency: duration,
    ...consumed(capacity),
  });
