import { describe, expect, it } from '@jest/globals';
import type { AwsCall } from '../../../src/calls/call.ts';
import { callerOf } from '../../../src/gate/caller.ts';
import { accessKeyOf, cloudKey } from '../../../src/identity/accessKeys.ts';
import { credentials } from '../../../src/process/environment.ts';
import { toXRay } from '../../../src/tracing/context.ts';
import {
  callWith,
  fromInvocation,
  functionName,
  invocationContext,
  otherFunction,
  presignedUrl,
  signedBy,
  startedGate,
} from './gates.ts';

const callerWith = (changes: Partial<AwsCall>) => {
  const { judge, invocations, invocation } = startedGate();
  return { caller: callerOf(callWith(changes), judge, invocations), invocation };
};
const ownKey = accessKeyOf(functionName).accessKeyId;
const trace = { 'x-amzn-trace-id': toXRay(invocationContext) };

describe('the caller', () => {
  it('is the invocation that the trace header names, of the function whose key it is', () => {
    const { caller, invocation } = callerWith({ headers: fromInvocation });

    expect(caller).toMatchObject({ kind: 'invocation', functionName, invocation });
    expect(caller.holder?.role.key).toBe('createItem');
  });

  it('is still the invocation when that has just ended', () => {
    const { judge, invocations, invocation } = startedGate();
    invocations.end(invocation);

    expect(callerOf(callWith(), judge, invocations).kind).toBe('invocation');
  });

  it('is whoever has a link that a function signed', () => {
    const { caller } = callerWith({ headers: {}, url: presignedUrl });

    expect(caller).toMatchObject({ kind: 'presigned', functionName });
    expect(caller.holder?.role.key).toBe('createItem');
    expect(caller.invocation).toBeUndefined();
  });

  it('is whoever has a link, though the invocation’s trace header comes with it', () => {
    expect(callerWith({ headers: trace, url: presignedUrl }).caller.kind).toBe('presigned');
  });

  it.each<[string, AwsCall['headers'], string]>([
    ['the local cloud, by its key', signedBy(cloudKey.accessKeyId), 'cloud'],
    ['the local cloud, whatever trace header comes with it', signedBy(cloudKey.accessKeyId, trace), 'cloud'],
    ['a tool, with the shared key', signedBy(credentials.accessKeyId), 'tool'],
    ['a tool, with the shared key and a function’s trace header', signedBy(credentials.accessKeyId, trace), 'tool'],
    ['a tool, with a key of a function that there is not', signedBy(accessKeyOf('nothing').accessKeyId), 'tool'],
    ['a tool, without a signature', {}, 'tool'],
    ['a function in no invocation, without a trace header', signedBy(ownKey), 'stray'],
    ['a function in no invocation, with a header of none', signedBy(ownKey, { 'x-amzn-trace-id': 'Root=1' }), 'stray'],
    [
      'a function in no invocation, with a span that nothing has',
      signedBy(ownKey, { 'x-amzn-trace-id': toXRay({ ...invocationContext, spanId: 'a'.repeat(16) }) }),
      'stray',
    ],
    [
      'a function in no invocation of its own, with the trace header of another function',
      signedBy(accessKeyOf(otherFunction).accessKeyId, trace),
      'stray',
    ],
  ])('is %s', (_who, headers, kind) => {
    expect(callerWith({ headers }).caller.kind).toBe(kind);
  });
});
