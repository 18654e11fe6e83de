import type { Aws } from '../aws/connect.ts';
import { generateOperations } from '../framework/generate.ts';
import { overServices } from '../framework/overServices.ts';
import { withRun } from '../framework/run.ts';
import type { Report } from '../summary/report.ts';
import type { DeployArguments } from './arguments.ts';
import { deployService } from './deployService.ts';
import { failedReport } from './problemOf.ts';

/** Deploys the services of the target, a few at a time, and resolves to what has come of each. */
export const deployServices = async (given: DeployArguments, aws: Aws, signal: AbortSignal): Promise<Report[]> => {
  generateOperations();
  const { target } = given;
  const failed = failedReport(target);
  return await withRun(given, signal, async (run) =>
    overServices({ ...given, signal, failed }, async (service) => {
      const outcome = await deployService(run, aws, { ...given, service });
      if (!signal.aborted) run.tell(service.name, outcome.outcome);
      return outcome;
    }),
  );
};
