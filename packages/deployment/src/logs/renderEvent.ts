import type { Paint } from '@app/command-line/colour';
import { printable } from '@app/command-line/screen';
import type { LogEvent } from './readLogs.ts';

/** Members that have a place of their own in a line, or that every line has. */
const placed = new Set(['level', 'message', 'timestamp', 'service', 'xray_trace_id', 'requestId', 'traceId', 'error']);

const memberOf = (value: unknown) =>
  typeof value === 'string' && /^[\w./:{}-]+$/.test(value) ? value : JSON.stringify(value);

const painted = (level: string, text: string, paint: Paint) => {
  if (level === 'ERROR' || level === 'CRITICAL') return paint('red', text);
  return level === 'WARN' ? paint('yellow', text) : text;
};

/** Lines that tell nobody anything: where an invocation begins and ends, and metrics (EMF). */
export const isNoise = ({ message }: LogEvent): boolean =>
  /^(START|END) RequestId:|^INIT_START /.test(message) || message.startsWith('{"_aws":');

interface Line {
  readonly level: string;
  readonly requestId: string;
  readonly message: string;
  readonly details: string;
  readonly stack: readonly string[];
}

const parsed = (message: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value: unknown = message.startsWith('{') ? JSON.parse(message) : undefined;
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
};

/** Lambda's own lines, such as `REPORT RequestId: …`, name the invocation; ours name the request. */
const plainLine = (message: string): Line => {
  const [first = '', ...stack] = message.split('\n');
  const [, requestId = ''] = /RequestId: ([\w-]+)/.exec(first) ?? [];
  const level = /^\[?(ERROR|WARN)\b/.exec(first)?.[1] ?? '';
  const text = first.replaceAll('\t', ' ').trim();
  return { level, requestId, message: text, details: '', stack };
};

/** Reads a line as the logger (packages/observability) writes it, else as Lambda does. */
export const readLine = (message: string): Line => {
  const line = parsed(message);
  if (typeof line?.['level'] !== 'string' || typeof line['message'] !== 'string') return plainLine(message);
  const details = Object.entries(line).filter(([name]) => !placed.has(name));
  const { stack, name = 'Error', message: reason = '' } = (line['error'] ?? {}) as Readonly<Record<string, string>>;
  return {
    level: line['level'],
    requestId: typeof line['requestId'] === 'string' ? line['requestId'] : '',
    message: line['message'],
    details: details.map(([key, value]) => `${key}=${memberOf(value)}`).join(' '),
    stack: stack?.split('\n') ?? (line['error'] ? [`${name}: ${reason}`] : []),
  };
};

/** A line for people: time, function, level, request, message; below it the stack of its error. `width` is the longest function's. */
export const renderEvent = (event: LogEvent, { paint, width }: { paint: Paint; width: number }): string => {
  const { level, requestId, message, details, stack } = readLine(event.message);
  const parts = [
    paint('dim', new Date(event.timestamp).toISOString()),
    event.function.padEnd(width),
    level && painted(level, level.padEnd(5), paint),
    requestId && paint('cyan', requestId),
    painted(level, printable(message), paint),
    details && paint('dim', printable(details)),
  ];
  return [parts.filter(Boolean).join(' '), ...stack.map((line) => `    ${printable(line)}`)].join('\n');
};
