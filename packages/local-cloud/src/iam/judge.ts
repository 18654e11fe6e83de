import type { Need } from '../calls/call.ts';
import { accessKeyOf } from '../identity/accessKeys.ts';
import { account } from '../template/resources.ts';
import { type Decision, evaluate } from './evaluate.ts';
import { createLedger, type Ledger } from './ledger.ts';
import type { Role } from './roles.ts';
import { listOf, type Statement } from './statements.ts';

/**
 * What is true of every call of a function on a laptop; `aws:SecureTransport` counts as true, as there is no TLS that could
 * be missing. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const context: ReadonlyMap<string, readonly string[]> = new Map([
  ['aws:principalaccount', [account]],
  ['aws:principalisawsservice', ['false']],
  ['aws:principaltype', ['AssumedRole']],
  ['aws:viaawsservice', ['false']],
  ['aws:securetransport', ['true']],
  ['aws:sourceip', ['127.0.0.1']],
]);

/** A function by its key, with its role and what it has called. */
export interface Holder {
  readonly role: Role;
  readonly ledger: Ledger;
}

/** A need that a role does not meet. */
export interface Shortfall {
  readonly need: Need;
  /** `denied`: a statement denies it. `unspoken`: none allows it. */
  readonly effect: Exclude<Decision['effect'], 'allowed'>;
  /** Whose policy denies it: the role's, or that of the resource. */
  readonly deniedBy?: 'identity' | 'resource';
}

const concernsEverybody = ({ Principal }: Statement) =>
  Principal === '*' || (typeof Principal === 'object' && listOf(Principal['AWS']).includes('*'));

/** The functions that there are, and what they may do. */
export const createJudge = () => {
  const holders = new Map<string, Holder>();
  const policies: Statement[] = [];

  const decide = ({ statements }: Role, need: Need): Decision => {
    const ofResource = evaluate(policies, need, context);
    return ofResource.effect === 'denied' ? ofResource : evaluate(statements, need, context);
  };

  const shortfallOf = (need: Need, decision: Decision): Shortfall | undefined => {
    if (decision.effect === 'allowed') return undefined;
    if (decision.effect === 'unspoken') return { need, effect: 'unspoken' };
    return { need, effect: 'denied', deniedBy: policies.includes(decision.by) ? 'resource' : 'identity' };
  };

  return {
    /** Adds a service: its functions' roles, and what its resources' policies deny. */
    add: (roles: readonly Role[], denials: readonly Statement[]): void => {
      for (const role of roles)
        holders.set(accessKeyOf(role.functionName).accessKeyId, { role, ledger: createLedger(role) });
      policies.push(...denials.filter(concernsEverybody));
    },
    holderOf: (accessKeyId: string): Holder | undefined => holders.get(accessKeyId),
    holders: (): Holder[] => [...holders.values()],
    /** The service of a function and its name there, by its deployed name; that itself, of one that is not known. */
    nameOf: (functionName: string): { readonly service: string; readonly key: string } => {
      const role = holders.get(accessKeyOf(functionName).accessKeyId)?.role;
      return { service: role?.service ?? functionName, key: role?.key ?? functionName };
    },
    /** Looks at each need of a call. The first that is not met, if one is not. */
    judge: ({ role, ledger }: Holder, needs: readonly Need[]): Shortfall | undefined => {
      let shortfall: Shortfall | undefined;
      for (const need of needs) {
        const decision = decide(role, need);
        ledger.add(need, decision);
        shortfall ??= shortfallOf(need, decision);
      }
      return shortfall;
    },
    /** Whether a role allows something that is not called: only asked. */
    allows: ({ role }: Holder, need: Need): boolean => decide(role, need).effect === 'allowed',
  };
};

export type Judge = ReturnType<typeof createJudge>;
