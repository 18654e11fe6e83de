import { describe, expect, it } from '@jest/globals';
import { firstFailure } from '../../src/stack/firstFailure.ts';
import { validationFailureIn } from '../../src/stack/validationFailure.ts';
import { at, resourceEvent, stackEvent } from '../support/stackEvents.ts';

const cancelled = 'Resource creation cancelled';

describe('the first failing resource', () => {
  it('is the earliest that failed by itself, not one that was given up because of it', () => {
    const events = [
      stackEvent(0, 'UPDATE_IN_PROGRESS', 'User Initiated'),
      resourceEvent(1, 'CREATE_IN_PROGRESS'),
      resourceEvent(2, 'CREATE_FAILED', { id: 'GetNoteRole', type: 'AWS::IAM::Role', reason: cancelled }),
      resourceEvent(3, 'CREATE_FAILED', { reason: 'notes-prod already exists' }),
      resourceEvent(4, 'CREATE_FAILED', { id: 'HttpApi', type: 'AWS::ApiGatewayV2::Api', reason: 'Later' }),
      stackEvent(5, 'UPDATE_ROLLBACK_IN_PROGRESS', 'The following resource(s) failed to create: [NotesTable].'),
      stackEvent(6, 'UPDATE_ROLLBACK_COMPLETE'),
    ];

    const failure = firstFailure(events);

    expect(failure).toEqual({
      logicalId: 'NotesTable',
      type: 'AWS::DynamoDB::Table',
      status: 'CREATE_FAILED',
      reason: 'notes-prod already exists',
    });
  });

  it('is the stack itself only where no resource failed', () => {
    const failed = stackEvent(1, 'UPDATE_FAILED', 'Validation failed with 1 error(s).');

    expect(firstFailure([failed])?.logicalId).toBe('notes-prod');
    expect(firstFailure([failed, resourceEvent(2, 'DELETE_FAILED')])?.logicalId).toBe('NotesTable');
  });

  it('is none where all went well', () => {
    expect(firstFailure([stackEvent(0, 'UPDATE_IN_PROGRESS'), stackEvent(9, 'UPDATE_COMPLETE')])).toBeUndefined();
  });
});

describe('what CloudFormation refuses before it begins', () => {
  const refused = (seconds: number, LogicalResourceId: string) => ({
    EventType: 'VALIDATION_ERROR' as const,
    LogicalResourceId,
    ResourceType: 'AWS::S3::Bucket',
    Timestamp: at(seconds),
    ValidationStatusReason: "Resource of type 'AWS::S3::Bucket' with identifier 'assets-prod' already exists.",
    ValidationPath: `/Resources/${LogicalResourceId}`,
  });

  it('is the first of this operation, with where it stands in the template', () => {
    const events = [refused(30, 'Second'), refused(20, 'First'), refused(1, 'OfAnEarlierOperation')];

    const failure = validationFailureIn(events, at(10));

    expect(failure?.logicalId).toBe('First');
    expect(failure?.reason).toContain('already exists');
    expect(failure?.reason).toContain('/Resources/First');
  });

  it('is nothing that failed while it was carried out', () => {
    expect(validationFailureIn([{ ...refused(20, 'X'), EventType: 'PROVISIONING_ERROR' }], at(10))).toBeUndefined();
  });
});
