import type { Value } from '../template/template.ts';

/** Whether a change of a property makes CloudFormation create the resource anew, as its schema says. */
export type Replacement = 'no' | 'maybe' | 'unknown' | 'yes';

const order: readonly Replacement[] = ['no', 'maybe', 'unknown', 'yes'];

export const strongest = (replacements: readonly Replacement[]): Replacement =>
  order[Math.max(0, ...replacements.map((each) => order.indexOf(each)))] ?? 'no';

export const weakest = (left: Replacement, right: Replacement): Replacement =>
  order[Math.min(order.indexOf(left), order.indexOf(right))] ?? 'no';

export interface PropertyChange {
  /** Names from the resource's properties on; `[name]` for an element of a list that has a name. */
  readonly path: readonly string[];
  /** Canonical; undefined where there is none. Both are missing where only `cause` makes the value another. */
  readonly before?: Value | undefined;
  readonly after?: Value | undefined;
  readonly replacement: Replacement;
  /** The logical id of a replaced resource that this property refers to. */
  readonly cause?: string;
}

export type Action = 'added' | 'changed' | 'replaced' | 'deleted';

export interface ResourceChange {
  readonly id: string;
  readonly type: string;
  readonly action: Action;
  /** Whether the resource is created anew: `yes` where the action is `replaced`, never for one that is added or deleted. */
  readonly replacement: Replacement;
  readonly properties: readonly PropertyChange[];
}
