import { warn } from '@app/command-line/command';
import { isDurable } from '@app/serverless-config/stage';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { withAwsFailures } from './aws/awsFailure.ts';

/** Whose account the credentials are of. */
export interface Account {
  readonly id: string;
  /** The user or role. */
  readonly arn: string;
}

/** Where a command works. */
export interface Place {
  readonly stage: string;
  readonly region: string;
}

/** Asks AWS. Throws a Failure of one line without credentials, with expired ones, or in a region that is not there. */
export const readAccount = async (region: string): Promise<Account> =>
  await withAwsFailures(region, async () => {
    const { Account: id = '', Arn: arn = '' } = await new STSClient({ region }).send(new GetCallerIdentityCommand());
    return { id, arn };
  });

export const describePlace = ({ id, arn }: Account, { stage, region }: Place): string =>
  `account ${id} (${arn.split(':').at(-1)}), region ${region}, stage ${stage} (${isDurable(stage) ? 'durable' : 'preview'})`;

/** The first thing that every command over a stage says, on standard error. */
export const announce = async (place: Place): Promise<Account> => {
  const account = await readAccount(place.region);
  warn(describePlace(account, place));
  return account;
};
