import type { AwsCall, AwsService } from '../../../src/calls/call.ts';
import { createInvocations, type Invocation } from '../../../src/calls/invocations.ts';
import { createFaults } from '../../../src/faults/faults.ts';
import { createGate } from '../../../src/gate/gate.ts';
import { createJudge, type Shortfall } from '../../../src/iam/judge.ts';
import type { Role } from '../../../src/iam/roles.ts';
import { accessKeyOf } from '../../../src/identity/accessKeys.ts';
import { createRecorder } from '../../../src/recorder/recorder.ts';
import type { Span } from '../../../src/recorder/span.ts';
import { toXRay } from '../../../src/tracing/context.ts';

export const functionName = 'items-dev-createItem';
export const otherFunction = 'items-dev-getItem';
export const tableArn = 'arn:aws:dynamodb:eu-west-1:000000000000:table/items';
export const invocationContext = { traceId: '68d6a1f00123456789abcdef01234567', spanId: '00f067aa0ba902b7' };

/** createItem may put items, read objects and send messages, and no more. */
const roles: readonly Role[] = [
  {
    functionName,
    service: 'items',
    key: 'createItem',
    statements: [
      {
        Effect: 'Allow',
        Action: ['dynamodb:PutItem', 's3:GetObject', 'sqs:*', 'sns:*', 'execute-api:*'],
        Resource: '*',
      },
    ],
  },
  { functionName: otherFunction, service: 'items', key: 'getItem', statements: [] },
];

const credential = (key: string) => `${key}/20270101/eu-west-1/dynamodb/aws4_request`;

/** Header fields of a call with a key, from an invocation. */
export const signedBy = (accessKeyId: string, from: Readonly<Record<string, string>> = {}) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=${credential(accessKeyId)}, SignedHeaders=host, Signature=abc`,
  ...from,
});
export const fromInvocation = signedBy(accessKeyOf(functionName).accessKeyId, {
  'x-amzn-trace-id': toXRay(invocationContext),
});
export const presignedUrl = `/photos/cat.png?X-Amz-Credential=${encodeURIComponent(credential(accessKeyOf(functionName).accessKeyId))}`;

/** A PutItem that a function makes in an invocation. */
export const callWith = (changes: Partial<AwsCall> = {}): AwsCall => ({
  service: 'DynamoDB',
  operation: 'PutItem',
  needs: [{ action: 'dynamodb:PutItem', arn: tableArn }],
  headers: fromInvocation,
  resources: ['items'],
  ...changes,
});

export const refusedCall = (service: AwsService = 'DynamoDB') =>
  callWith({ service, operation: 'Scan', needs: [{ action: 'dynamodb:Scan', arn: tableArn }] });

export const startedGate = ({ isJudged = true, isKept = true } = {}) => {
  const recorder = createRecorder({ isKept });
  const judge = createJudge();
  judge.add(roles, []);
  const faults = createFaults();
  const invocations = createInvocations();
  const denials: { role: Role; shortfall: Shortfall }[] = [];
  const ended: string[] = [];
  const invocation: Invocation = {
    functionName,
    context: invocationContext,
    calls: 0,
    end: () => void ended.push(functionName),
  };
  invocations.begin(invocation);
  const gate = createGate({
    recorder,
    judge,
    isJudged,
    faults,
    invocations,
    denied: (role, shortfall) => void denials.push({ role, shortfall }),
  });
  gate.started();
  const spans = () =>
    recorder.ring.newestFirst().flatMap((trace) => trace.spans.map((text) => JSON.parse(text) as Span));
  return { gate, recorder, judge, faults, invocations, invocation, denials, ended, spans };
};
