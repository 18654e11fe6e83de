import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

const metrics = new Metrics({ namespace: 'Groundwork' });

/** What one request came to. Duration in milliseconds, capacity in DynamoDB's units. */
export interface RequestMeasures {
  readonly operation: string;
  readonly status: number;
  readonly duration: number;
  readonly capacity: { readonly read: number; readonly write: number };
}

const outcomeOf = (status: number) => (status < 400 ? 'Successes' : status < 500 ? 'ClientErrors' : 'ServerErrors');

/** Writes one EMF record for a request, by operation. Nothing is sent: CloudWatch reads it from the log. */
export const recordRequest = ({ operation, status, duration, capacity }: RequestMeasures) => {
  metrics.addDimension('operation', operation);
  metrics.addMetric('Requests', MetricUnit.Count, 1);
  metrics.addMetric(outcomeOf(status), MetricUnit.Count, 1);
  metrics.addMetric('Latency', MetricUnit.Milliseconds, duration);
  metrics.addMetric('ConsumedReadCapacity', MetricUnit.Count, capacity.read);
  metrics.addMetric('ConsumedWriteCapacity', MetricUnit.Count, capacity.write);
  metrics.publishStoredMetrics();
};

/** What one message came to. Age (since it was sent) and duration in milliseconds. */
export interface MessageMeasures {
  readonly operation: string;
  readonly failed: boolean;
  readonly age: number;
  readonly duration: number;
}

/** Writes one EMF record for a message, by queue operation. */
export const recordMessage = ({ operation, failed, age, duration }: MessageMeasures) => {
  metrics.addDimension('operation', operation);
  metrics.addMetric(failed ? 'Failed' : 'Processed', MetricUnit.Count, 1);
  metrics.addMetric('Age', MetricUnit.Milliseconds, age);
  metrics.addMetric('Latency', MetricUnit.Milliseconds, duration);
  metrics.publishStoredMetrics();
};
