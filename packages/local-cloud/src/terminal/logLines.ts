/** A line that a function logs as JSON, as Powertools writes them. */
export interface LogLine {
  readonly level: string;
  readonly message: string;
  /** Its other members, but for those that every line has. */
  readonly details: Readonly<Record<string, unknown>>;
  /** A stack, of the error that it tells of. */
  readonly stack: string | undefined;
}

/** Members that every line has: the terminal's own line of the invocation tells of them. */
const usual = new Set([
  'level',
  'message',
  'timestamp',
  'service',
  'xray_trace_id',
  'requestId',
  'traceId',
  'lambdaRequestId',
  'error',
]);

const parsed = (text: string): Readonly<Record<string, unknown>> | undefined => {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
};

interface LoggedError {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly stack?: unknown;
  readonly cause?: unknown;
}

const deepest = 5;

/** The stacks of an error and of what caused it. */
const stackOf = (error: LoggedError | undefined, depth = 0): string | undefined => {
  if (typeof error !== 'object' || error === null || depth === deepest) return undefined;
  const { name = 'Error', message = '', stack, cause } = error;
  const frames = typeof stack === 'string' ? stack : '';
  const own =
    frames.includes(String(message)) && frames !== ''
      ? frames
      : `${String(name)}: ${String(message)}\n${frames}`.trimEnd();
  const below = stackOf(cause as LoggedError | undefined, depth + 1);
  return below === undefined ? own : `${own}\ncaused by ${below}`;
};

/** Reads a line that a function printed; undefined where it is no log line. */
export const readLogLine = (text: string): LogLine | undefined => {
  const line = parsed(text);
  if (typeof line?.['level'] !== 'string' || typeof line['message'] !== 'string') return undefined;
  return {
    level: line['level'],
    message: line['message'],
    details: Object.fromEntries(Object.entries(line).filter(([name]) => !usual.has(name))),
    stack: stackOf(line['error'] as LoggedError | undefined),
  };
};

/** Messages of the lines that close a piece of work: the terminal has a line of its own for each. */
const closing = new Set(['request', 'socket', 'message', 'change', 'object event', 'schedule']);
export const isClosing = ({ message }: LogLine): boolean => closing.has(message);
