import type { Report } from '../summary/report.ts';
import type { Service, Target } from '../target.ts';
import { inParallel } from './inParallel.ts';

interface Work {
  readonly target: Target;
  readonly parallel: number;
  readonly signal: AbortSignal;
  /** Of a service that threw: AWS did not answer, say. */
  readonly failed: (service: Service, error: unknown) => Report;
}

const notStarted = ({ name }: Service): Report => ({
  service: name,
  outcome: 'not started',
  urls: [],
  seconds: 0,
  changed: [],
});

/** Runs for every service; one that fails stops no other. After an interruption none is begun. */
export const overServices = async (
  { target, parallel, signal, failed }: Work,
  run: (service: Service) => Promise<Omit<Report, 'seconds'>>,
): Promise<Report[]> =>
  await inParallel(target.services, parallel, async (service) => {
    if (signal.aborted) return notStarted(service);
    const start = Date.now();
    const seconds = () => (Date.now() - start) / 1000;
    try {
      return { ...(await run(service)), seconds: seconds() };
    } catch (error) {
      return { ...failed(service, error), seconds: seconds() };
    }
  });
