import { LogFormatter, LogItem } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';

/**
 * A log line's members, named as Powertools names them. Its own formatter is not exported to build upon; this one leaves
 * out what is empty here and writes UTC whatever TZ says (asking the environment at every line costs 2 µs).
 */
export class LogLineFormatter extends LogFormatter {
  override formatAttributes(attributes: UnformattedAttributes, additional: LogAttributes): LogItem {
    const { logLevel, message, timestamp, serviceName, xRayTraceId } = attributes;
    const line = {
      level: logLevel,
      message,
      timestamp: timestamp.toISOString(),
      service: serviceName,
      xray_trace_id: xRayTraceId,
    };
    return new LogItem({ attributes: { ...line, ...additional } });
  }
}
