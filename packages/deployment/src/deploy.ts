/** `pnpm run deploy`: all services of a stage, each verified after (decision 0056). */
import { runCommand } from '@app/command-line/command';
import { announce } from './account.ts';
import { connect } from './aws/connect.ts';
import { consentTo } from './consent.ts';
import { deployUsage, readDeployArguments } from './deploy/arguments.ts';
import { deployServices } from './deploy/deployServices.ts';
import { onInterruption } from './framework/interruption.ts';
import { finish } from './summary/finish.ts';

await runCommand({
  usage: deployUsage,
  run: async (args) => {
    const given = readDeployArguments(args, process.env);
    const account = await announce(given.target);
    await consentTo({ verb: 'deploy to', stage: given.target.stage, yes: given.yes });
    const reports = await deployServices(given, connect(given.target.region), onInterruption());
    finish(reports, { ...given, account });
  },
});
