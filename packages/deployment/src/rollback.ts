/** `pnpm run rollback`: lists a service's deployments, or goes back to one that really ran. */
import { print, runCommand } from '@app/command-line/command';
import { screenOf } from '@app/command-line/screen';
import { announce } from './account.ts';
import { withAwsFailures } from './aws/awsFailure.ts';
import { connect } from './aws/connect.ts';
import { consentTo } from './consent.ts';
import { failedReport } from './deploy/problemOf.ts';
import { readRollbackArguments, rollbackUsage } from './deployments/arguments.ts';
import { chooseDeployment } from './deployments/choose.ts';
import { readHistory } from './deployments/readHistory.ts';
import { renderDeployments } from './deployments/render.ts';
import { rollBack } from './deployments/rollBack.ts';
import { generateOperations } from './framework/generate.ts';
import { onInterruption } from './framework/interruption.ts';
import { overServices } from './framework/overServices.ts';
import { withRun } from './framework/run.ts';
import { finish } from './summary/finish.ts';

await runCommand({
  usage: rollbackUsage,
  run: async (args) => {
    const given = readRollbackArguments(args, process.env);
    const { target, service, to } = given;
    const { stage, region } = target;
    const account = await announce(target);
    const aws = connect(region);
    const history = await withAwsFailures(region, async () => readHistory(aws, service.name, stage));
    const { deployments } = history;
    if (to === undefined)
      return print(
        given.isJson
          ? JSON.stringify(deployments, null, 2)
          : renderDeployments(deployments, screenOf(process.stdout, process.env)),
      );
    const chosen = chooseDeployment(deployments, to);
    await consentTo({ verb: 'roll back', stage, yes: given.yes });
    generateOperations();
    const signal = onInterruption();
    const reports = await withRun(given, signal, async (run) =>
      overServices({ ...given, signal, failed: failedReport(target) }, async () =>
        rollBack(run, aws, { service, history, to: chosen }),
      ),
    );
    return finish(reports, { ...given, account });
  },
});
