import { describe, expect, it } from '@jest/globals';
import { readinessOf } from '../../../src/deployment/readiness.ts';

describe('a stack', () => {
  it.each([
    [undefined, 'create'],
    ['CREATE_COMPLETE', 'update'],
    ['UPDATE_COMPLETE', 'update'],
    ['IMPORT_COMPLETE', 'update'],
    ['UPDATE_ROLLBACK_COMPLETE', 'force'],
    ['IMPORT_ROLLBACK_COMPLETE', 'force'],
    ['ROLLBACK_COMPLETE', 'replace'],
    ['ROLLBACK_FAILED', 'replace'],
    ['CREATE_FAILED', 'replace'],
  ])('that is %s: %s', (status, readiness) => {
    expect(readinessOf('notes-dev', status)).toBe(readiness);
  });

  it.each([
    ['UPDATE_IN_PROGRESS', 'another deployment is on its way'],
    ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'another deployment is on its way'],
    ['UPDATE_ROLLBACK_FAILED', 'aws cloudformation continue-update-rollback --stack-name notes-dev'],
    ['DELETE_FAILED', 'Remove the stage again'],
    ['REVIEW_IN_PROGRESS', 'aws cloudformation delete-stack --stack-name notes-dev'],
    ['SOMETHING_NEW', 'aws cloudformation describe-stack-events --stack-name notes-dev'],
  ])('that is %s is not touched: %s', (status, advice) => {
    expect(() => readinessOf('notes-dev', status)).toThrow(`notes-dev is ${status}: `);
    expect(() => readinessOf('notes-dev', status)).toThrow(advice);
  });
});
