import { LogFormatter, LogItem } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';
import { currentWork } from './work.ts';

const deepest = 5; // causes of causes: a chain of them may be a circle
const mostErrors = 20; // of an AggregateError: a log event has 256 KB, and a stack takes one

/**
 * A log line's members, named as Powertools names them, with the ids of the work that writes it. Its own formatter is not exported to build upon; this one leaves
 * out what is empty here and writes UTC whatever TZ says (asking the environment at every line costs 2 µs).
 */
export class LogLineFormatter extends LogFormatter {
  #depth = 0;

  /** An error with its causes, and an AggregateError with its errors, which Powertools leaves out: they are the reason. */
  override formatError(error: Error): LogAttributes {
    if (this.#depth === deepest) return { name: error.name, message: error.message };
    this.#depth += 1;
    try {
      const line = super.formatError(error); // which comes back here with the cause
      if (!(error instanceof AggregateError)) return line;
      const errors = error.errors.slice(0, mostErrors) as unknown[];
      return { ...line, errors: errors.map((each) => (each instanceof Error ? this.formatError(each) : each)) };
    } finally {
      this.#depth -= 1;
    }
  }

  override formatAttributes(attributes: UnformattedAttributes, additional: LogAttributes): LogItem {
    const { logLevel, message, timestamp, serviceName, xRayTraceId } = attributes;
    const line = {
      level: logLevel,
      message,
      timestamp: timestamp.toISOString(),
      service: serviceName,
      xray_trace_id: xRayTraceId,
    };
    return new LogItem({ attributes: { ...line, ...currentWork()?.ids, ...additional } });
  }
}
