import type { Report, ServiceOutcome } from '../summary/report.ts';
import type { Service, Target } from '../target.ts';
import { inParallel } from './inParallel.ts';

interface Work {
  readonly target: Target;
  readonly parallel: number;
  readonly signal: AbortSignal;
  /** Of a service whose work threw: AWS did not answer, say. */
  readonly failed: (service: Service, error: unknown) => ServiceOutcome;
}

const notStarted = ({ name }: Service): Report => ({
  service: name,
  outcome: 'not started',
  urls: [],
  seconds: 0,
  changed: [],
});

/** What failed while the command was being stopped failed because of that. */
const interrupted = (service: string, stage: string): ServiceOutcome => {
  const next = `See how far AWS got, and wait for its end: \`pnpm run info --stage ${stage} --service ${service}\`. Then repeat the command.`;
  const problem = { reason: 'The command was stopped.', next };
  return { service, urls: [], changed: [], outcome: 'interrupted', problem };
};

/** Runs for every service; one that fails stops no other. After an interruption none is begun. */
export const overServices = async (
  { target, parallel, signal, failed }: Work,
  run: (service: Service) => Promise<ServiceOutcome>,
): Promise<Report[]> =>
  await inParallel(target.services, parallel, async (service) => {
    if (signal.aborted) return notStarted(service);
    const start = Date.now();
    const outcome = await run(service).catch((error: unknown) => failed(service, error));
    const isInterrupted = signal.aborted && outcome.problem !== undefined;
    const seconds = (Date.now() - start) / 1000;
    return { ...(isInterrupted ? interrupted(service.name, target.stage) : outcome), seconds };
  });
