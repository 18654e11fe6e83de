import {
  type CloudWatchLogsClient,
  type FilteredLogEvent,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';

/** A line of a function's log. */
export interface LogEvent {
  readonly id: string;
  /** `getNote`. */
  readonly function: string;
  readonly timestamp: number;
  readonly message: string;
}

export interface LogGroup {
  readonly name: string;
  readonly function: string;
}

interface Span {
  readonly startTime: number;
  readonly pattern: string | undefined;
}

const eventOf = (group: LogGroup, { eventId = '', timestamp = 0, message = '' }: FilteredLogEvent): LogEvent => ({
  id: eventId || `${group.function} ${timestamp} ${message}`, // not every stand-in for AWS has ids
  function: group.function,
  timestamp,
  message: message.trimEnd(),
});

/** A function that was never called has no group where the template makes none. */
const isNoGroup = (error: unknown) => (error as Error).name === 'ResourceNotFoundException';

const readGroup = async (client: CloudWatchLogsClient, group: LogGroup, { startTime, pattern }: Span) => {
  const events: LogEvent[] = [];
  const input = { logGroupName: group.name, startTime, ...(pattern && { filterPattern: pattern }) };
  try {
    for await (const page of paginateFilterLogEvents({ client }, input))
      events.push(...(page.events ?? []).map((event) => eventOf(group, event)));
  } catch (error) {
    if (!isNoGroup(error)) throw error;
  }
  return events;
};

/** The lines of several functions since a moment, in the order of time. */
export const readLogs = async (
  client: CloudWatchLogsClient,
  groups: readonly LogGroup[],
  span: Span,
): Promise<LogEvent[]> => {
  const perGroup = await Promise.all(groups.map(async (group) => readGroup(client, group, span)));
  return perGroup.flat().toSorted((a, b) => a.timestamp - b.timestamp);
};
