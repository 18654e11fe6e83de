import { commandsIn } from './commands.ts';
import type { Emulator } from './emulator.ts';
import { type CallFault, standBefore } from './faultyAws.ts';
import { expectThat, type Steps } from './steps.ts';
import type { WorkingCopy } from './workingCopy.ts';

interface Means {
  readonly steps: Steps;
  readonly copy: WorkingCopy;
}

const refusal = (Code: string, Message: string) =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${Code}</Code><Message>${Message}</Message></Error></ErrorResponse>`;

/** Part of an archive's upload to the deployment bucket. */
const upload = ({ method, url }: { method: string; url: string }) => method === 'PUT' && url.includes('.zip');

const uploads = (times: number): CallFault => ({
  concerns: upload,
  status: 503,
  body: '<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>',
  times,
});

const update: CallFault = {
  concerns: ({ body }) => body.includes('Action=UpdateStack'),
  status: 400,
  body: refusal('LimitExceededException', 'Stack quota exceeded: a fault of the check'),
  times: 9,
};

const stagePatch: CallFault = {
  concerns: ({ method, url }) => method === 'PATCH' && /\/restapis\/[^/]+\/stages\//.test(url),
  status: 400,
  body: JSON.stringify({ message: 'CloudWatch Logs role ARN must be set: a fault of the check' }),
  times: 9,
};

/** A queue that the emulator does not create, after the table has been. */
const broken = `
  Broken: { Type: AWS::SQS::Queue, DependsOn: [AssetsTable], Properties: { QueueName: fails-always } }
`;

/** Failed half way: after each, the message says what to do, and the next deployment works. */
export const checkFailures = async ({ steps, copy }: Means, emulator: Emulator) => {
  const aws = await standBefore(emulator.port);
  const commands = commandsIn(copy.root, { ...emulator.env, AWS_ENDPOINT_URL: aws.url });
  const failing = async (fault: CallFault, words: RegExp, ...args: string[]) => {
    const services = await aws.during(fault, () => commands.report('deploy', ...args));
    const said = JSON.stringify(services, null, 2);
    expectThat(
      services.some(({ problem }) => problem !== undefined),
      `It did not fail: ${said}`,
    );
    expectThat(words.test(said) && services.every(({ problem }) => !problem || problem.next !== ''), `It said ${said}`);
  };
  const resources = 'services/assets/resources.yml';
  try {
    for (const stage of ['pr-1', 'staging']) {
      const assets = ['--stage', stage, '--service', stage === 'staging' ? 'users' : 'assets', '--yes', stage];
      await steps.run(`${stage}: a first deployment that cannot be begun is made up for by the next`, async () => {
        await failing(update, /quota exceeded/i, ...assets);
        await commands.expectOutcome('deployed', 'deploy', ...assets);
      });
    }
    const assets = ['--stage', 'pr-2', '--service', 'assets'];
    await steps.run('a first deployment that fails half way leaves nothing in the way of the next', async () => {
      const putBack = await copy.change(resources, '\nOutputs:', `${broken}\nOutputs:`);
      const [failed] = await commands.report('deploy', ...assets);
      await putBack();
      expectThat(failed?.problem && JSON.stringify(failed).includes('Broken'), `It said ${JSON.stringify(failed)}`);
      await commands.expectOutcome('deployed', 'deploy', ...assets);
    });
    await steps.run('an update that fails half way is rolled back, and its retry is not skipped', async () => {
      const putBack = await copy.change(resources, '\nOutputs:', `${broken}\nOutputs:`);
      const [failed] = await commands.report('deploy', ...assets);
      await putBack();
      expectThat(failed?.outcome === 'rolled back', `It said ${JSON.stringify(failed)}`);
      const undo = await copy.change(
        'services/assets/src/handlers/getAsset.ts',
        'export const handler',
        `console.log('another');\nexport const handler`,
      );
      const services = await commands.expectOutcome('deployed', 'deploy', ...assets);
      await undo();
      expectThat(services[0]?.changed.includes('getAsset'), JSON.stringify(services));
    });
    await steps.run('uploads that fail nine times are tried again, and pass', async () => {
      await copy.change(
        'services/assets/src/handlers/getAsset.ts',
        'export const handler',
        `console.log('a third');\nexport const handler`,
      );
      await aws.during(uploads(9), () => commands.expectOutcome('deployed', 'deploy', ...assets));
    });
    await steps.run('a REST stage that cannot be set up is said, and set up by the next deployment', async () => {
      const users = ['--stage', 'pr-3', '--service', 'users'];
      await failing(stagePatch, /role ARN must be set/, ...users);
      const [again] = await commands.report('deploy', ...users);
      expectThat(again && again.problem === undefined, JSON.stringify(again));
    });
  } finally {
    await aws.stop();
  }
};
