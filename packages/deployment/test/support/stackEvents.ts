import type { StackEvent } from '@aws-sdk/client-cloudformation';

const start = Date.parse('2026-03-01T10:00:00.000Z');

/** An event as DescribeStackEvents returns it, the seconds after ten o'clock. */
export const resourceEvent = (
  seconds: number,
  status: string,
  { id = 'NotesTable', type = 'AWS::DynamoDB::Table', reason = '' } = {},
): StackEvent => ({
  StackId: 'arn:aws:cloudformation:eu-west-1:123456789012:stack/notes-prod/1',
  EventId: `${id}-${status}-${seconds}`,
  StackName: 'notes-prod',
  LogicalResourceId: id,
  ResourceType: type,
  Timestamp: new Date(start + seconds * 1000),
  ResourceStatus: status as NonNullable<StackEvent['ResourceStatus']>,
  ...(reason && { ResourceStatusReason: reason }),
});

/** An event of the stack itself. */
export const stackEvent = (seconds: number, status: string, reason = ''): StackEvent =>
  resourceEvent(seconds, status, { id: 'notes-prod', type: 'AWS::CloudFormation::Stack', reason });

export const at = (seconds: number): Date => new Date(start + seconds * 1000);
