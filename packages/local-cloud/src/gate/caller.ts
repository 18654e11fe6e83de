import type { AwsCall } from '../calls/call.ts';
import type { Invocation, Invocations } from '../calls/invocations.ts';
import type { Holder, Judge } from '../iam/judge.ts';
import { cloudKey } from '../identity/accessKeys.ts';
import { signerOf } from '../identity/signer.ts';
import { fromXRay } from '../tracing/context.ts';

/**
 * Who calls. `invocation`: a function, in an invocation; `presigned`: whoever has a link that a function signed;
 * `cloud`: the local cloud itself; `tool`: a key that is nobody's, such as the AWS CLI's or a test's; `stray`: a function,
 * in no invocation, which AWS would not let happen.
 */
export interface Caller {
  readonly kind: 'invocation' | 'presigned' | 'cloud' | 'tool' | 'stray';
  readonly functionName?: string | undefined;
  readonly holder?: Holder | undefined;
  readonly invocation?: Invocation | undefined;
}

/** A call is its signer's; the invocation is the one whose span its trace header names. */
export const callerOf = ({ headers, url }: AwsCall, judge: Judge, invocations: Invocations): Caller => {
  const signer = signerOf(headers, url);
  if (!signer) return { kind: 'tool' };
  if (signer.accessKeyId === cloudKey.accessKeyId) return { kind: 'cloud' };
  const holder = judge.holderOf(signer.accessKeyId);
  if (!holder) return { kind: 'tool' };
  const { functionName } = holder.role;
  if (signer.isPresigned) return { kind: 'presigned', functionName, holder };
  const parent = fromXRay(headers['x-amzn-trace-id']);
  const invocation = parent && invocations.find(parent.spanId);
  return invocation?.functionName === functionName
    ? { kind: 'invocation', functionName, holder, invocation }
    : { kind: 'stray', functionName, holder };
};
