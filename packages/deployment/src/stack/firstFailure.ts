import type { StackEvent } from '@aws-sdk/client-cloudformation';

/** What failed first, and so made the rest fail. */
export interface FailedResource {
  readonly logicalId: string;
  readonly type: string;
  /** `CREATE_FAILED`. */
  readonly status: string;
  readonly reason: string;
}

/** What CloudFormation says of resources that it gave up because of another's failure. */
const isConsequence = (reason: string) => /^Resource (creation|update|deletion) cancelled/i.test(reason);

/** A stack's own event tells which resources failed: it is of use only where no resource has. */
const isOfStack = ({ ResourceType, LogicalResourceId, StackName }: StackEvent) =>
  ResourceType === 'AWS::CloudFormation::Stack' && LogicalResourceId === StackName;

const failedIn = ({ LogicalResourceId, ResourceType, ResourceStatus, ResourceStatusReason }: StackEvent) => ({
  logicalId: LogicalResourceId ?? '',
  type: ResourceType ?? '',
  status: ResourceStatus ?? '',
  reason: ResourceStatusReason ?? '',
});

/** The cause among the events of one operation, the oldest first. Undefined when nothing failed. */
export const firstFailure = (events: readonly StackEvent[]): FailedResource | undefined => {
  const failures = events.filter(
    ({ ResourceStatus = '', ResourceStatusReason = '' }) =>
      ResourceStatus.endsWith('_FAILED') && !isConsequence(ResourceStatusReason),
  );
  const cause = failures.find((event) => !isOfStack(event)) ?? failures[0];
  return cause && failedIn(cause);
};
