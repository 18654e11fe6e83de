import { Failure, UsageFailure } from '@app/command-line/failure';
import type { Deployment } from './history.ts';

const milliseconds = (to: string) => (/^\d+$/.test(to) ? Number(to) : Date.parse(to));

const refusals: Readonly<Partial<Record<Deployment['fate'], string>>> = {
  live: 'it is live already',
  failed: 'it never ran: CloudFormation failed to put it in place',
  'never started': 'it never ran: its files were uploaded, and no more',
};

/** The deployment that `--to` names. Throws a UsageFailure for what is no time, a Failure where nothing sound is to go back to. */
export const chooseDeployment = (deployments: readonly Deployment[], to: string): Deployment => {
  const timestamp = milliseconds(to);
  if (Number.isNaN(timestamp)) throw new UsageFailure(`--to: “${to}” is neither a timestamp of the list nor a time.`);
  const chosen = deployments.find((each) => each.timestamp === timestamp);
  if (!chosen) throw new Failure(`There is no deployment of ${to}: see the list, without --to.`);
  const refusal = refusals[chosen.fate];
  if (refusal !== undefined) throw new Failure(`${to} cannot be gone back to: ${refusal}.`);
  return chosen;
};
