import { type CloudFormationClient, DescribeEventsCommand, type OperationEvent } from '@aws-sdk/client-cloudformation';
import type { FailedResource } from './firstFailure.ts';

/** The first that CloudFormation refused before it began, in an operation that started at the time. */
export const validationFailureIn = (events: readonly OperationEvent[], startedAt: Date): FailedResource | undefined => {
  const failed = events
    .filter(({ EventType, Timestamp = new Date(0) }) => EventType === 'VALIDATION_ERROR' && Timestamp >= startedAt)
    .toSorted((a, b) => Number(a.Timestamp) - Number(b.Timestamp))[0];
  return (
    failed && {
      logicalId: failed.LogicalResourceId ?? '',
      type: failed.ResourceType ?? '',
      status: 'VALIDATION_FAILED',
      reason: [failed.ValidationStatusReason, failed.ValidationPath].filter(Boolean).join(' — '),
    }
  );
};

/**
 * CloudFormation validates an operation before it begins (names that are taken, properties outside their schema); the
 * stack's own events then say no more than that. What was wrong is among the operation's events.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeEvents.html
 */
export const readValidationFailure = async (
  client: CloudFormationClient,
  StackName: string,
  startedAt: Date,
): Promise<FailedResource | undefined> => {
  const { OperationEvents = [] } = await client.send(
    new DescribeEventsCommand({ StackName, Filters: { FailedEvents: true } }),
  );
  return validationFailureIn(OperationEvents, startedAt);
};
