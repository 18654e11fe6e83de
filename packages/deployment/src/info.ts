/** `pnpm run info`: what is deployed of a stage. */
import { parseArgs } from 'node:util';
import { asUsage, print, runCommand } from '@app/command-line/command';
import { screenOf } from '@app/command-line/screen';
import { announce } from './account.ts';
import { withAwsFailures } from './aws/awsFailure.ts';
import { connect } from './aws/connect.ts';
import { readInfo } from './inform/readInfo.ts';
import { renderInfo } from './inform/render.ts';
import { readTarget, targetOptions } from './target.ts';

const usage = `pnpm run info --stage <stage>
  --region <region>     AWS_REGION, else eu-west-1
  --service <a>,<b>     these services alone
  --json                JSON on standard output`;

await runCommand({
  usage,
  run: async (args) => {
    const options = { ...targetOptions, json: { type: 'boolean', default: false } } as const;
    const { values } = asUsage(() => parseArgs({ args, options }));
    const { stage, region, services } = readTarget(values, process.env);
    const account = await announce({ stage, region });
    const aws = connect(region);
    const infos = await withAwsFailures(region, async () =>
      Promise.all(services.map(async ({ name }) => readInfo(aws, name, stage))),
    );
    const screen = screenOf(process.stdout, process.env);
    print(
      values.json
        ? JSON.stringify({ stage, region, account: account.id, services: infos }, null, 2)
        : infos.map((info) => renderInfo(info, screen)).join('\n\n'),
    );
  },
});
