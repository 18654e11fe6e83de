import { describe, expect, it } from '@jest/globals';
import { blockedStack, isSettled } from '../../src/deploy/blockedStack.ts';
import { outcomeOf } from '../../src/deploy/problemOf.ts';
import { nextStep } from '../../src/stack/nextStep.ts';

const table = 'AWS::DynamoDB::Table';
const step = (reason: string, { type = table, status = 'UPDATE_ROLLBACK_COMPLETE' } = {}) =>
  nextStep({ service: 'notes', stage: 'prod', type, status, reason });

describe('what to do next', () => {
  it.each([
    ['adopt', 'Resource of type AWS::DynamoDB::Table with identifier notes-prod already exists.', table],
    ['adopt', 'assets-prod-123456789012 already exists', 'AWS::S3::Bucket'],
    ['another stack or a person', 'notes-prod-getNote already exists', 'AWS::Lambda::Function'],
    ['lacks the right', 'User: arn:aws:iam::1:user/ci is not authorized to perform: dynamodb:CreateTable', table],
    ['lacks the right', 'API: s3:CreateBucket Access Denied', 'AWS::S3::Bucket'],
    ['Service Quotas', 'Resource limit exceeded: Maximum number of roles exceeded, LimitExceeded', 'AWS::IAM::Role'],
    ['Service Quotas', 'Subscriber limit exceeded: there is a limit of 2500 tables', table],
    ['Empty it', 'The bucket you tried to delete is not empty (Service: S3, Status Code: 409)', 'AWS::S3::Bucket'],
    [
      'lift the protection',
      'Resource cannot be deleted as it is currently protected: DeletionProtectionEnabled',
      table,
    ],
    ['one index', 'Cannot perform more than one GSI creation or deletion in a single update', table],
    ['--parallel 1', 'Rate exceeded (Service: ApiGateway; Status Code: 429)', 'AWS::ApiGateway::RestApi'],
    ['Sign in again', 'ExpiredToken: The security token included in the request is expired', ''],
    ['network', 'connect ECONNRESET 52.0.0.1:443', ''],
  ])('is “%s” for: %s', (words, reason, type) => {
    expect(step(reason, { type })).toContain(words);
  });

  it.each([
    ['UPDATE_ROLLBACK_FAILED', 'continue-update-rollback --stack-name notes-prod'],
    ['ROLLBACK_COMPLETE', 'Mend the cause and deploy again'],
    ['REVIEW_IN_PROGRESS', 'pnpm run adopt --stage prod --service notes'],
    ['UPDATE_IN_PROGRESS', 'Wait'],
  ])('puts the stack right first when it is %s', (status, words) => {
    expect(step('notes-prod already exists', { status })).toContain(words);
  });

  it('names the service and the stage in the command that it gives', () => {
    expect(step('notes-prod already exists')).toContain('pnpm run adopt --stage prod --service notes');
  });

  it('is a general step for what is not known', () => {
    expect(step('Something new', { type: 'AWS::New::Thing' })).toContain(
      'describe-stack-events --stack-name notes-prod',
    );
    expect(nextStep({ service: 'notes', stage: 'prod', reason: 'Something new' })).toContain('Nothing is deployed');
  });
});

describe('a stack’s status', () => {
  const notes = { service: 'notes', stage: 'prod' };

  it.each(['UPDATE_IN_PROGRESS', 'UPDATE_ROLLBACK_FAILED', 'DELETE_FAILED', 'REVIEW_IN_PROGRESS'])(
    'refuses a deployment at %s, before anything is packaged',
    (status) => {
      expect(blockedStack({ status }, notes)?.reason).toContain(status);
    },
  );

  it.each(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'IMPORT_COMPLETE', 'ROLLBACK_COMPLETE'])(
    'takes one at %s',
    (status) => {
      expect(blockedStack({ status }, notes)).toBeUndefined();
    },
  );

  it('lets the framework skip only after a success: after a failure, what was uploaded last does not run', () => {
    expect(isSettled({ status: 'UPDATE_COMPLETE' })).toBe(true);
    expect(isSettled({ status: 'UPDATE_ROLLBACK_COMPLETE' })).toBe(false);
    expect(isSettled({ status: 'IMPORT_COMPLETE' })).toBe(false);
    expect(isSettled(undefined)).toBe(false);
  });

  it('tells what CloudFormation put back from what it could not', () => {
    expect(outcomeOf('UPDATE_ROLLBACK_COMPLETE')).toBe('rolled back');
    expect(outcomeOf('UPDATE_ROLLBACK_FAILED')).toBe('failed');
  });
});
