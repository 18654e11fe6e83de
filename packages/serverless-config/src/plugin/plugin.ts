import { finishGateways } from '../gateways/gateways.ts';
import { leastPrivilege } from '../leastPrivilege/leastPrivilege.ts';
import { parameterProblems, valuesOf } from '../stage/parameters.ts';
import { assertStageName } from '../stage/stage.ts';
import { forceUnlessCurrent, prepareDeployment } from './deploy.ts';
import type { Framework, Options } from './framework.ts';
import { emptyBuckets, liftProtection, refuseRemoval } from './remove.ts';

interface Means {
  readonly log: { readonly notice: (text: string) => void };
}

/** Throws as the framework prints what users did wrong: without a stack. */
const guard = (framework: Framework, given: Parameters<typeof parameterProblems>[0]) => {
  try {
    assertStageName(given.stage);
  } catch (error) {
    throw new framework.classes.Error((error as Error).message);
  }
  const problems = parameterProblems(given);
  if (problems.length > 0)
    throw new framework.classes.Error(
      `The parameters of the stage ${given.stage} (params.yml): ${problems.join('. ')}.`,
    );
};

/**
 * A plugin for each service's serverless.yml: what guards a stage, however it is deployed. Names and parameters are judged
 * before anything is done, rights are cut to what is needed, no deployment is skipped wrongly, durable stages are kept.
 */
// oxlint-disable-next-line import/no-default-export -- the framework asks for one
export default function StagePlugin(framework: Framework, options: Options, { log }: Means) {
  const provider = framework.getProvider('aws');
  const [command] = framework.processedInput.commands;
  const stage = provider.getStage();
  const words = options.param ?? [];
  const say = (text: string) => log.notice(text);

  guard(framework, { stage, words, isDeployed: command === 'deploy' });
  const values = valuesOf({ stage, words });
  const isDurable = values['durable'] === true;
  const limits = { rate: values['throttleRate'] as number, burst: values['throttleBurst'] as number };
  framework.service.provider.deletionProtection = isDurable;

  return {
    commands: {
      remove: {
        options: { 'yes-remove': { usage: 'The name of the durable stage that is to be removed', type: 'string' } },
      },
    },
    hooks: {
      'before:package:finalize': () => {
        const { compiledCloudFormationTemplate: template } = framework.service.provider;
        leastPrivilege(template);
        finishGateways(template, { name: `${framework.service.service}-${stage}`, limits });
      },
      'before:aws:deploy:deploy:createStack': () => prepareDeployment(framework, say),
      'before:aws:deploy:deploy:checkForChanges': () => forceUnlessCurrent(framework, options, say),
      'before:remove:remove': async () => {
        if (isDurable) {
          refuseRemoval(framework, options, process.env);
          await liftProtection(framework);
        }
        await emptyBuckets(framework);
      },
    },
  };
}
