import type { Serverless } from '../framework/types.ts';
import type { EventSource, StartingService } from '../lambda/events/source.ts';
import { startClock } from './clock.ts';
import { type Schedule, schedulesOf } from './schedules.ts';

const lambdaTimeout = 6; // seconds, where a service says nothing

const timeoutOf = ({ service: { functions, provider } }: Serverless, functionName: string) =>
  Object.values(functions).find(({ name }) => name === functionName)?.timeout ?? provider.timeout ?? lambdaTimeout;

/** Runs scheduled functions; `seconds` are the period of all, in place of their own. */
export const createClockSource = (seconds: number | undefined, log: (message: string) => void): EventSource => {
  const schedules: { schedule: Schedule; service: StartingService }[] = [];
  return {
    prepare: (service) => {
      schedules.push(...schedulesOf(service.serverless).map((schedule) => ({ schedule, service })));
    },
    start: () =>
      schedules.map(({ schedule, service: { invoke, region, serverless } }) =>
        startClock(schedule, {
          invoke,
          region,
          seconds,
          timeoutSeconds: timeoutOf(serverless, schedule.functionName),
          log,
        }),
      ),
  };
};
