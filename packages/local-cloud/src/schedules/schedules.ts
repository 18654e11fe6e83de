import type { ScheduleEvent, Serverless } from '../framework/types.ts';

/** A function that runs by the clock. */
export interface Schedule {
  readonly functionName: string;
  readonly expression: string;
  readonly input?: unknown;
}

const schedulesIn = (functionName: string, event: ScheduleEvent | string): Schedule[] => {
  const { rate, enabled = true, input }: ScheduleEvent = typeof event === 'string' ? { rate: event } : event;
  return enabled ? [rate].flat().map((expression) => ({ functionName, expression, input })) : [];
};

/** A service's schedules. */
export const schedulesOf = ({ service: { functions } }: Pick<Serverless, 'service'>): Schedule[] =>
  Object.values(functions).flatMap(({ name = '', events = [] }) =>
    events.flatMap(({ schedule }) => (schedule ? schedulesIn(name, schedule) : [])),
  );

const units: Readonly<Record<string, number>> = { minute: 60, hour: 3600, day: 86_400 };

/** Seconds between two runs; undefined for what has no fixed rate (`cron(…)`). */
export const secondsOf = (expression: string): number | undefined => {
  const [, count, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  return count === undefined ? undefined : Number(count) * (units[unit] ?? Number.NaN);
};
