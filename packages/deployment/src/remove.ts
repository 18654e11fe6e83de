/** `pnpm run remove`: takes a stage's services away. Durable stages keep their tables and bucket (`pnpm run adopt`). */
import { runCommand } from '@app/command-line/command';
import { announce } from './account.ts';
import { connect } from './aws/connect.ts';
import { failedReport } from './deploy/problemOf.ts';
import { generateOperations } from './framework/generate.ts';
import { onInterruption } from './framework/interruption.ts';
import { overServices } from './framework/overServices.ts';
import { withRun } from './framework/run.ts';
import { readRemoveArguments, removeUsage } from './remove/arguments.ts';
import { removeService } from './remove/removeService.ts';
import { finish } from './summary/finish.ts';

await runCommand({
  usage: removeUsage,
  run: async (args) => {
    const given = readRemoveArguments(args, process.env);
    const { target, yesRemove } = given;
    const account = await announce(target);
    const aws = connect(target.region);
    const signal = onInterruption();
    generateOperations();
    const reports = await withRun(given, signal, async (run) =>
      overServices({ ...given, signal, failed: failedReport(target) }, async (service) =>
        removeService(run, aws, { service, yesRemove }),
      ),
    );
    finish(reports, { ...given, account });
  },
});
