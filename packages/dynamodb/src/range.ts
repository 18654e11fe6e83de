import { between, type Condition, compare } from './expressions.ts';

/** A condition on a sort key that lies between two bounds, both inclusive; undefined where neither is given. */
export const within = (attribute: string, from: string | undefined, to: string | undefined): Condition | undefined => {
  if (from !== undefined && to !== undefined) return between(attribute, from, to);
  if (from !== undefined) return compare(attribute, '>=', from);
  return to === undefined ? undefined : compare(attribute, '<=', to);
};
