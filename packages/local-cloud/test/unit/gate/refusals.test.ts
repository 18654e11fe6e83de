import { describe, expect, it } from '@jest/globals';
import type { AwsService } from '../../../src/calls/call.ts';
import { refusalOf } from '../../../src/gate/refusals.ts';
import { callWith, refusedCall, startedGate } from './gates.ts';

type Codes = [service: AwsService, denied: string, throttled: string, failed: string];

const codes: Codes[] = [
  ['DynamoDB', '400 AccessDeniedException', '400 ProvisionedThroughputExceededException', '500 InternalServerError'],
  ['DynamoDB Streams', '400 AccessDeniedException', '400 ThrottlingException', '500 InternalServerError'],
  ['SQS', '403 AccessDeniedException', '400 ThrottlingException', '500 InternalFailure'],
  ['SSM', '400 AccessDeniedException', '400 ThrottlingException', '500 InternalServerError'],
  ['S3', '403 AccessDenied', '503 SlowDown', '500 InternalError'],
  [
    'ApiGatewayManagementApi',
    '403 AccessDeniedException',
    '429 LimitExceededException',
    '500 InternalServerErrorException',
  ],
];

describe('a refusal of', () => {
  it.each(codes)('%s has its own codes', (service, denied, throttled, failed) => {
    const kinds = (['denied', 'throttled', 'failed'] as const).map((kind) => {
      const { status, code } = refusalOf(service, kind, 'why');
      return `${status} ${code}`;
    });

    expect(kinds).toEqual([denied, throttled, failed]);
  });

  it('SNS has its own codes', () => {
    expect(refusalOf('SNS', 'denied', 'why')).toEqual({ status: 403, code: 'AuthorizationError', message: 'why' });
    expect(refusalOf('SNS', 'failed', 'why')).toEqual({ status: 500, code: 'InternalError', message: 'why' });
  });

  it.each(codes)('%s is what a call without the right gets', (service, denied) => {
    const { refusal } = startedGate().gate.enter(refusedCall(service));

    expect(`${refusal?.status} ${refusal?.code}`).toBe(denied);
    expect(refusal?.message).toContain('is not authorized to perform: dynamodb:Scan on resource: arn:aws:dynamodb:');
  });

  it.each(codes)('%s is what faults make a call get', (service, denied, throttled, failed) => {
    const outcomes = (['refuse', 'throttle', 'fail'] as const).map((effect) => {
      const { gate, faults } = startedGate();
      faults.add({ effect });
      const { refusal } = gate.enter(callWith({ service }));
      expect(refusal?.message).toContain('a fault that was switched on');
      return `${refusal?.status} ${refusal?.code}`;
    });

    expect(outcomes).toEqual([denied, throttled, failed]);
  });
});
