import type { AwsCall, CallOutcome, CallRefusal, Need } from '../calls/call.ts';
import type { Invocations } from '../calls/invocations.ts';
import type { FaultRequest } from '../faults/fault.ts';
import type { Faults } from '../faults/faults.ts';
import { denialMessage } from '../iam/denial.ts';
import type { Judge, Shortfall } from '../iam/judge.ts';
import type { Role } from '../iam/roles.ts';
import type { Recorder } from '../recorder/recorder.ts';
import { now } from '../recorder/span.ts';
import { newSpanId, newTraceId, type TraceContext } from '../tracing/context.ts';
import { type Caller, callerOf } from './caller.ts';
import { callAttributes, kindOf } from './observation.ts';
import { refusalOf } from './refusals.ts';

/** What becomes of a call. Whoever answers it does as this says, and tells of the end. */
export interface Passage {
  /** The call's own span: what it causes has this as its parent. Undefined for the local cloud's own calls. */
  readonly context: TraceContext | undefined;
  /** Milliseconds to wait first. */
  readonly wait: number;
  /** The error to answer with; the call is not carried out then. */
  readonly refusal: CallRefusal | undefined;
  /** `before`: the connection is cut and nothing is carried out. `after`: carried out, and then cut. */
  readonly cut: 'before' | 'after' | undefined;
  /** Whether the caller may hear that something is not there; without `s3:ListBucket`, S3 does not tell. */
  readonly allows: (need: Need) => boolean;
  readonly end: (outcome: CallOutcome) => void;
}

export interface GateOptions {
  readonly recorder: Recorder;
  readonly judge: Judge;
  /** Whether what a role does not allow is refused; without it, it is only noted. */
  readonly isJudged: boolean;
  readonly faults: Faults;
  readonly invocations: Invocations;
  /** Hears of a call that is refused for want of a right. */
  readonly denied: (role: Role, shortfall: Shortfall) => void;
}

const open: Passage = {
  context: undefined,
  wait: 0,
  refusal: undefined,
  cut: undefined,
  allows: () => true,
  end: () => {},
};

const faultRefusals = {
  throttle: ['throttled', 'Too many requests: a fault that was switched on (pnpm faults).'],
  refuse: ['denied', 'Not allowed: a fault that was switched on (pnpm faults).'],
  fail: ['failed', 'An internal error: a fault that was switched on (pnpm faults).'],
} as const;

const refusalOfFault = ({ service }: AwsCall, fault: FaultRequest | undefined): CallRefusal | undefined => {
  const [kind, message] = faultRefusals[fault?.effect as keyof typeof faultRefusals] ?? [];
  return kind === undefined || message === undefined ? undefined : refusalOf(service, kind, message);
};

const cutOf = (fault: FaultRequest | undefined): Passage['cut'] => {
  if (fault?.effect === 'cut') return 'before';
  return fault?.effect === 'lose' ? 'after' : undefined;
};

/** Every call of AWS passes here: it is known whose it is, whether it may, and what becomes of it; and it is recorded. */
export const createGate = ({ recorder, judge, isJudged, faults, invocations, denied }: GateOptions) => {
  const counts = { invocation: 0, presigned: 0, cloud: 0, tool: 0, stray: 0 };
  const strays = new Set<string>();
  let isStarting = true;

  const refuseUnlessAllowed = (call: AwsCall, { holder }: Caller): CallRefusal | undefined => {
    const shortfall = holder && judge.judge(holder, call.needs);
    if (!shortfall || !isJudged) return undefined;
    denied(holder.role, shortfall);
    return refusalOf(call.service, 'denied', denialMessage(holder.role, shortfall));
  };

  const faultOf = (call: AwsCall, { holder, invocation }: Caller): FaultRequest | undefined => {
    if (!holder || !invocation) return undefined;
    const name = `${holder.role.service}:${holder.role.key}`;
    const isEnd = faults.endsAt('between', name, invocation.calls);
    if (!isEnd) return faults.forCall(call, name);
    invocation.end();
    return { effect: 'cut' };
  };

  const observed = (call: AwsCall, caller: Caller, fault: FaultRequest | undefined) => {
    const parent = caller.invocation?.context;
    const context = { traceId: parent?.traceId ?? newTraceId(), spanId: newSpanId() };
    const start = now();
    const end = (outcome: CallOutcome) => {
      if (!recorder.isWanted()) return;
      const hasFailed = outcome.error !== undefined || outcome.status >= 500;
      recorder.record({
        ...context,
        parentSpanId: parent?.spanId,
        name: `${call.service}.${call.operation}`,
        kind: kindOf(call),
        start,
        duration: now() - start,
        status: hasFailed ? 'error' : 'unset',
        statusMessage: hasFailed ? outcome.error : undefined,
        service: caller.holder?.role.service ?? 'tool',
        attributes: { ...callAttributes(call, caller, outcome), 'local.fault': fault?.effect },
      });
    };
    return { context, end };
  };

  return {
    enter: (call: AwsCall): Passage => {
      const caller = callerOf(call, judge, invocations);
      if (isStarting && caller.kind === 'tool') return open; // the framework's plugins sign with nobody's key
      counts[caller.kind] += 1;
      if (caller.kind === 'cloud') return open;
      if (caller.kind === 'stray') strays.add(`${caller.functionName}: ${call.service}.${call.operation}`);
      const denial = refuseUnlessAllowed(call, caller);
      const fault = denial ? undefined : faultOf(call, caller);
      if (caller.invocation) caller.invocation.calls += 1;
      const refusal = denial ?? refusalOfFault(call, fault);
      const { holder } = caller;
      return {
        ...observed(call, caller, fault),
        refusal,
        wait: fault?.effect === 'delay' ? (fault.milliseconds ?? 0) : 0,
        cut: cutOf(fault),
        allows: (need) => !isJudged || holder === undefined || judge.allows(holder, need),
      };
    },
    /** The services have started: whoever calls from now on with nobody's key is a tool. */
    started: (): void => {
      isStarting = false;
    },
    /** How many calls there were, by whose they were. */
    counts: () => ({ ...counts }),
    /** Calls of functions in no invocation. */
    strays: (): string[] => [...strays],
  };
};

export type Gate = ReturnType<typeof createGate>;
