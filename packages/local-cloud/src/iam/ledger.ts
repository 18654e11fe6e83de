import type { Need } from '../calls/call.ts';
import { type Decision, evaluate } from './evaluate.ts';
import type { Role } from './roles.ts';
import { listOf, type Statement } from './statements.ts';

/** A right that a function has used, or asked for. */
export interface UsedRight extends Need {
  readonly calls: number;
  readonly effect: Decision['effect'];
}

/** A right that a statement grants: action and resource may be patterns. */
export interface GrantedRight {
  readonly action: string;
  readonly resource: string;
  readonly isUsed: boolean;
}

const mostRights = 500; // different ones of a function: keys of objects are without number

/** Of other services, such as xray, no call comes by here: their rights can be neither used nor unused. */
const isSeen = (action: string) => /^(?:dynamodb|execute-api|s3|sns|sqs):|^[^:]+$/i.test(action);

const exceptionOf = (excepted: Statement['NotAction']) => `not ${listOf(excepted).join(', ')}`;

/** The pairs of action and resource that a statement allows, each with a statement of its own that allows no more. */
const pairsOf = ({ Effect, Action, NotAction, Resource, NotResource }: Statement) => {
  if (Effect !== 'Allow') return [];
  const actions = [
    ...listOf(Action)
      .filter(isSeen)
      .map((each) => ({ action: each, part: { Action: each } })),
    ...(NotAction === undefined ? [] : [{ action: exceptionOf(NotAction), part: { NotAction } }]),
  ];
  const resources = [
    ...listOf(Resource).map((each) => ({ resource: each, part: { Resource: each } })),
    ...(NotResource === undefined ? [] : [{ resource: exceptionOf(NotResource), part: { NotResource } }]),
  ];
  return actions.flatMap(({ action, part: ofActions }) =>
    resources.map(({ resource, part: ofResources }) => ({
      right: { action, resource, isUsed: false },
      statement: { Effect, ...ofActions, ...ofResources } satisfies Statement,
    })),
  );
};

const keyOf = ({ action, arn }: Need) => `${action} ${arn}`;

/** What one function has called against what it may. */
export const createLedger = ({ statements }: Role) => {
  const pairs = statements.flatMap(pairsOf);
  const used = new Map<string, { need: Need; calls: number; effect: Decision['effect'] }>();

  const markUsed = (need: Need) => {
    for (const { right, statement } of pairs)
      if (evaluate([statement], need, new Map()).effect === 'allowed') right.isUsed = true;
  };

  return {
    add: (need: Need, { effect }: Decision): void => {
      const key = keyOf(need);
      const known = used.get(key);
      if (known?.effect === effect) {
        known.calls += 1;
        return;
      }
      if (effect === 'allowed') markUsed(need);
      if (known || used.size < mostRights) used.set(key, { need, calls: (known?.calls ?? 0) + 1, effect });
    },
    used: (): UsedRight[] =>
      [...used.values()].map(({ need: { action, arn }, calls, effect }) => ({ action, arn, calls, effect })),
    granted: (): readonly GrantedRight[] => pairs.map(({ right }) => right),
  };
};

export type Ledger = ReturnType<typeof createLedger>;
