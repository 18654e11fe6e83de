/** What went wrong with a service, as far as it is known. */
export interface Trouble {
  readonly service: string;
  readonly stage: string;
  /** The stack's status afterwards; undefined when there is none. */
  readonly status?: string | undefined;
  readonly type?: string;
  readonly reason: string;
}

interface Step {
  readonly when: (trouble: Trouble) => boolean;
  readonly advise: (trouble: Trouble) => string;
}

const stackOf = ({ service, stage }: Trouble) => `${service}-${stage}`;
const only = ({ service, stage }: Trouble) => `--stage ${stage} --service ${service}`;
const isAt =
  (...statuses: string[]) =>
  ({ status = '' }: Trouble) =>
    statuses.includes(status);
const says =
  (pattern: RegExp) =>
  ({ reason }: Trouble) =>
    pattern.test(reason);
const both =
  (...tests: readonly Step['when'][]) =>
  (trouble: Trouble) =>
    tests.every((test) => test(trouble));
const isData = ({ type = '' }: Trouble) => ['', 'AWS::DynamoDB::Table', 'AWS::S3::Bucket'].includes(type);

/** Known kinds, the most urgent first: a stack that takes no update has to be put right before the cause can be. */
const steps: readonly Step[] = [
  {
    when: isAt('UPDATE_ROLLBACK_FAILED'),
    advise: (trouble) =>
      `The stack is stuck half-way back. Mend the cause, then \`aws cloudformation continue-update-rollback --stack-name ${stackOf(trouble)}\`; with \`--resources-to-skip <logical id>\` where it cannot be mended. Then deploy again.`,
  },
  {
    when: isAt('ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'CREATE_FAILED'),
    advise: (trouble) =>
      `The stack was never whole. Mend the cause and deploy again: it is deleted then, and made anew. \`pnpm run info ${only(trouble)}\` shows where it stands.`,
  },
  {
    when: isAt('REVIEW_IN_PROGRESS'),
    advise: (trouble) =>
      `An import was begun and not carried out: \`pnpm run adopt ${only(trouble)}\`, or delete the empty stack with \`aws cloudformation delete-stack --stack-name ${stackOf(trouble)}\`.`,
  },
  {
    when: ({ status = '' }) => status.endsWith('_IN_PROGRESS'),
    advise: (trouble) => `Another operation is going on. Wait until \`pnpm run info ${only(trouble)}\` shows its end.`,
  },
  {
    when: both(says(/already exists/i), isData),
    advise: (trouble) =>
      `A removed stage keeps its data. Take it back: \`pnpm run adopt ${only(trouble)}\`. If nobody needs it, delete it by hand and deploy again.`,
  },
  {
    when: says(/already exists/i),
    advise: () =>
      'Something of this name is there outside this stack: another stack or a person made it. Find out who, delete or rename it, then deploy again.',
  },
  {
    when: says(/bucket (you tried to delete )?is not empty|BucketNotEmpty/i),
    advise: () =>
      'The bucket still holds objects. Empty it (`aws s3 rm s3://<bucket> --recursive`; versions as well where it keeps them), then repeat the command.',
  },
  {
    when: says(/deletion protection|DeletionProtection|TerminationProtection/i),
    advise: () =>
      'It is protected from deletion. If it is really to go, lift the protection by hand first (console, or the AWS CLI), then repeat the command.',
  },
  {
    when: says(/\bMFA\b|AccessDenied|not authorized|Access Denied|UnauthorizedOperation/i),
    advise: () =>
      'The deploying role lacks the right that the reason names: have it added, then deploy again. Nothing has to be cleaned up.',
  },
  {
    when: says(/ExpiredToken|expired/i),
    advise: () =>
      'The credentials expired on the way. Sign in again, wait until `pnpm run info` shows the end of what CloudFormation was doing, then deploy again.',
  },
  {
    when: says(/more than one|only .*one .*index|Cannot perform more than one GSI/i),
    advise: () => 'DynamoDB changes one index of a table at a time: deploy one of the changes, then the other.',
  },
  {
    when: says(/[Tt]hrottl|Rate exceeded|TooManyRequests/),
    advise: () => 'AWS was asked too often. Wait a minute and deploy again, with `--parallel 1`.',
  },
  {
    when: says(/limit ?exceeded|exceeds? .*(limit|quota)|limit .*exceeded|too many|ServiceQuota/i),
    advise: () =>
      'The account is at a limit. Remove stages that nobody needs, or ask for more in the Service Quotas console, then deploy again.',
  },
  {
    when: says(/ENOTFOUND|ECONNRE|ETIMEDOUT|EAI_AGAIN|socket hang up|TimeoutError/),
    advise: () =>
      'The network failed. `pnpm run info` shows how far AWS got; then deploy again, which begins where this ended.',
  },
];

const general: Step['advise'] = (trouble) =>
  trouble.status === undefined
    ? 'Nothing is deployed of it. Mend the reason and deploy again.'
    : `Mend the reason and deploy again. What ran before still runs where the stack is back at *_COMPLETE: \`pnpm run info ${only(trouble)}\`. All events: \`aws cloudformation describe-stack-events --stack-name ${stackOf(trouble)}\`.`;

/** What to do about it: one or two sentences. */
export const nextStep = (trouble: Trouble): string =>
  (steps.find(({ when }) => when(trouble))?.advise ?? general)(trouble);
