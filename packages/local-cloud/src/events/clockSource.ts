import { startClock } from './clock.ts';
import { type Schedule, schedulesOf } from './schedules.ts';
import type { EventSource, StartingService } from './source.ts';

/** Runs scheduled functions; `seconds` are the period of all, in place of their own. */
export const createClockSource = (seconds: number | undefined, say: (message: string) => void): EventSource => {
  const schedules: { schedule: Schedule; service: StartingService }[] = [];
  return {
    prepare: (service) => {
      schedules.push(...schedulesOf(service.serverless).map((schedule) => ({ schedule, service })));
    },
    start: () =>
      schedules.map(({ schedule, service: { invoke, region } }) =>
        startClock(schedule, { invoke, region, say, ...(seconds !== undefined && { seconds }) }),
      ),
  };
};
