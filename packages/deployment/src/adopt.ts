/** `pnpm run adopt`: takes the tables and the bucket that a removed stage has kept back into a stack, then deploys (decision 0057). */
import { runCommand, warn } from '@app/command-line/command';
import { Failure } from '@app/command-line/failure';
import { announce } from './account.ts';
import { importResources } from './adopt/importResources.ts';
import { adoptableIn, isRefused, type Plan, renderPlan } from './adopt/plan.ts';
import { readPlan } from './adopt/readPlan.ts';
import { withAwsFailures } from './aws/awsFailure.ts';
import { connect } from './aws/connect.ts';
import { consentTo } from './consent.ts';
import { adoptUsage, readDeployArguments } from './deploy/arguments.ts';
import { deployServices } from './deploy/deployServices.ts';
import { generateOperations } from './framework/generate.ts';
import { inParallel } from './framework/inParallel.ts';
import { onInterruption } from './framework/interruption.ts';
import { withRun } from './framework/run.ts';
import { finish } from './summary/finish.ts';

/** Throws a Failure where nothing can be taken back, or something that is there may not be. */
const assertSound = (plans: readonly Plan[], stage: string) => {
  for (const plan of plans) warn(renderPlan(plan));
  const refused = plans.filter(isRefused).map(({ service }) => service);
  if (refused.length > 0)
    throw new Failure(`Nothing was changed: ${refused.join(', ')} cannot be adopted for the reasons above.`);
  if (plans.every((plan) => adoptableIn(plan).length === 0))
    throw new Failure(`There is nothing to adopt: deploy instead (pnpm run deploy --stage ${stage}).`);
};

await runCommand({
  usage: adoptUsage,
  run: async (args) => {
    const given = readDeployArguments(args, process.env);
    const { target, parallel, parameters } = given;
    const { stage, region, services } = target;
    const account = await announce(target);
    const aws = connect(region);
    const signal = onInterruption();
    generateOperations();
    await withAwsFailures(region, async () => {
      const plans = await withRun(given, signal, async (run) =>
        inParallel(services, parallel, async (service) => readPlan(run, aws, { service, account, parameters })),
      );
      if (signal.aborted) return;
      assertSound(plans, stage);
      await consentTo({ verb: 'adopt into', stage, yes: given.yes });
      for (const plan of plans) {
        if (adoptableIn(plan).length === 0 || signal.aborted) continue;
        warn(`${plan.service}: importing`);
        await importResources(aws.cloudFormation, plan);
      }
    });
    if (!signal.aborted) finish(await deployServices(given, aws, signal), { ...given, account });
  },
});
