import type { Need } from '../calls/call.ts';
import { conditionsHold, type RequestContext } from './conditions.ts';
import { arnMatches, matches } from './patterns.ts';
import { listOf, type Statement } from './statements.ts';

/** What policies say of a need. `by` is the statement that decided, if one did. */
export type Decision =
  | { readonly effect: 'allowed'; readonly by: Statement }
  | { readonly effect: 'denied'; readonly by: Statement }
  | { readonly effect: 'unspoken'; readonly by?: undefined };

/** A statement that has neither of the two, which AWS would not take, names nothing. */
const names = (
  named: Statement['Action'],
  excepted: Statement['NotAction'],
  isMeant: (pattern: string) => boolean,
): boolean => listOf(named).some(isMeant) || (excepted !== undefined && !listOf(excepted).some(isMeant));

const speaksOf = (statement: Statement, { action, arn }: Need, context: RequestContext): boolean => {
  const { Action, NotAction, Resource, NotResource, Condition } = statement;
  const isAction = (pattern: string) => matches(pattern, action, { ignoreCase: true });
  const isResource = (pattern: string) => arnMatches(pattern, arn);
  return (
    names(Action, NotAction, isAction) && names(Resource, NotResource, isResource) && conditionsHold(Condition, context)
  );
};

/**
 * Decides as IAM does for one policy: a statement that denies goes before all that allow, and what no statement speaks of
 * is not allowed. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export const evaluate = (statements: readonly Statement[], need: Need, context: RequestContext): Decision => {
  const speaking = statements.filter((statement) => speaksOf(statement, need, context));
  const denying = speaking.find(({ Effect }) => Effect === 'Deny');
  if (denying) return { effect: 'denied', by: denying };
  const allowing = speaking.find(({ Effect }) => Effect === 'Allow');
  return allowing ? { effect: 'allowed', by: allowing } : { effect: 'unspoken' };
};
