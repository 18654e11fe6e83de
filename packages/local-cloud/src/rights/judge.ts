import { type Call, calls, type Right } from './calls.ts';
import type { Grant } from './grants.ts';

/** Each right as a line: the function, the action and the resource. */
export interface Verdict {
  /** How many were used, different ones. */
  readonly used: number;
  /** Used, and not granted: AWS would refuse the call. */
  readonly missing: readonly string[];
  /** Granted, and not used. It may be needed by what was not called. */
  readonly unused: readonly string[];
}

/** As IAM matches: `*` is any text, `?` one character. */
const matches = (pattern: string, text: string) => {
  const literal = pattern.replaceAll(/[$()+.[\\\]^{|}]/g, String.raw`\$&`);
  return new RegExp(`^${literal.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(text);
};

const covers = (grant: Grant, { caller, action, resource }: Call) =>
  grant.holder === caller && matches(grant.action, action) && matches(grant.resource, resource);

const lineOf = (name: string, { action, resource }: Right) => `${name}: ${action} on ${resource}`;

const sorted = (lines: readonly string[]) => [...new Set(lines)].toSorted();

/** Compares what functions have called with what their roles grant. */
export const judge = (made: readonly Call[], grants: readonly Grant[]): Verdict => ({
  used: made.length,
  missing: sorted(
    made.filter((call) => !grants.some((grant) => covers(grant, call))).map((call) => lineOf(call.caller, call)),
  ),
  unused: sorted(
    grants.filter((grant) => !made.some((call) => covers(grant, call))).map((grant) => lineOf(grant.holder, grant)),
  ),
});

/** Collects what functions call from now on, each right once. */
export const collectCalls = (): (() => readonly Call[]) => {
  const made = new Map<string, Call>();
  calls.subscribe((message) => {
    const call = message as Call;
    made.set(lineOf(call.caller, call), call);
  });
  return () => [...made.values()];
};
