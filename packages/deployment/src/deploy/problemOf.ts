import type { StackEvent } from '@aws-sdk/client-cloudformation';
import { awsFailure } from '../aws/awsFailure.ts';
import type { Aws } from '../aws/connect.ts';
import { firstFailure } from '../stack/firstFailure.ts';
import { nextStep } from '../stack/nextStep.ts';
import { readEvents } from '../stack/readEvents.ts';
import { readStack } from '../stack/readStack.ts';
import { readValidationFailure } from '../stack/validationFailure.ts';
import type { Outcome, Problem, ServiceOutcome } from '../summary/report.ts';
import type { Service, Target } from '../target.ts';

interface Circumstances {
  readonly aws: Aws;
  readonly service: string;
  readonly stage: string;
  /** The stack's name, or its id where it may be gone by now. */
  readonly stack: string;
  /** The newest event before the operation. */
  readonly since: string | undefined;
  /** What the framework, or we, say of it. */
  readonly told: string;
}

const causeIn = async ({ cloudFormation }: Aws, stack: string, events: readonly StackEvent[]) => {
  const failed = firstFailure(events);
  if (!/DescribeEvents|[Vv]alidation fail/.test(failed?.reason ?? '')) return failed;
  const startedAt = events[0]?.Timestamp ?? new Date(0);
  return (await readValidationFailure(cloudFormation, stack, startedAt)) ?? failed;
};

/** What went wrong with an operation on a stack, by the stack's own events where it has any, and what to do about it. */
export const problemOf = async ({ aws, service, stage, stack, since, told }: Circumstances): Promise<Problem> => {
  const events = await readEvents(aws.cloudFormation, stack, since);
  const resource = await causeIn(aws, stack, events);
  const status = (await readStack(aws.cloudFormation, stack))?.status;
  const reason = resource?.reason || told;
  const next = nextStep({ service, stage, status, reason, ...(resource && { type: resource.type }) });
  return { resource, reason, next };
};

/** Whether CloudFormation put everything back by itself. */
export const outcomeOf = (status: string | undefined): Outcome =>
  status === 'UPDATE_ROLLBACK_COMPLETE' || status === 'ROLLBACK_COMPLETE' ? 'rolled back' : 'failed';

/** Of a service whose work threw: AWS refused a call of ours, or did not answer. */
export const failedReport =
  ({ stage, region }: Target) =>
  ({ name }: Service, error: unknown): ServiceOutcome => {
    const { message } = awsFailure(error, region) ?? (error as Error);
    const problem = { reason: message, next: nextStep({ service: name, stage, reason: message }) };
    return { service: name, outcome: 'failed', urls: [], changed: [], problem };
  };
