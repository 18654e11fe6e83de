import type { Knowledge } from './knowledge.ts';

/** What a run has shown of rights and of whose calls were whose. Each right is a line: the function, the action, the resource. */
export interface Verdict {
  /** How many different rights were used. */
  readonly used: number;
  /** Asked for, and not allowed. */
  readonly missing: readonly string[];
  /** Allowed, used or not. */
  readonly granted: readonly string[];
  /** Allowed, and not used. */
  readonly unused: readonly string[];
  /** Calls of functions in no invocation. */
  readonly strays: readonly string[];
  /** Calls, by whose they were. */
  readonly calls: Readonly<Record<string, number>>;
}

export const verdictOf = ({ judge, gate }: Pick<Knowledge, 'judge' | 'gate'>): Verdict => {
  const holders = judge.holders().map(({ role, ledger }) => ({ name: `${role.service}:${role.key}`, ledger }));
  const used = holders.flatMap(({ name, ledger }) =>
    ledger.used().map(({ action, arn, effect }) => ({ line: `${name}: ${action} on ${arn}`, effect })),
  );
  const granted = holders.flatMap(({ name, ledger }) =>
    ledger.granted().map(({ action, resource, isUsed }) => ({ line: `${name}: ${action} on ${resource}`, isUsed })),
  );
  return {
    used: used.filter(({ effect }) => effect === 'allowed').length,
    missing: used
      .filter(({ effect }) => effect !== 'allowed')
      .map(({ line }) => line)
      .toSorted(),
    granted: granted.map(({ line }) => line).toSorted(),
    unused: granted
      .filter(({ isUsed }) => !isUsed)
      .map(({ line }) => line)
      .toSorted(),
    strays: gate.strays(),
    calls: gate.counts(),
  };
};
