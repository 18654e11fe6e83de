import { referencesIn } from '../template/references.ts';
import type { Template } from '../template/template.ts';
import { type Grant, grantsOf } from './grants.ts';

/** A right that an update adds: something newly allowed, or no longer denied. */
export interface WidenedRight extends Omit<Grant, 'effect'> {
  readonly kind: 'allowed' | 'no longer denied';
}

const escaped = (text: string) => text.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);

/** Whether a pattern of a policy, with its `*` and `?`, holds for all that another one does. */
const covers = (pattern: string, other: string, flags = ''): boolean => {
  if (pattern === other) return true;
  if (pattern.startsWith('not ') || other.startsWith('not ')) return false; // compared as a whole
  return new RegExp(`^${escaped(pattern).replaceAll('*', '.*').replaceAll('?', '[^*]')}$`, `s${flags}`).test(other);
};

/** Everybody is every principal; actions have no case. */
const includes = (wide: Grant, narrow: Grant): boolean =>
  wide.effect === narrow.effect &&
  wide.id === narrow.id &&
  covers(wide.action, narrow.action, 'i') &&
  covers(wide.resource, narrow.resource) &&
  (wide.principal === narrow.principal || wide.principal === 'AWS:*' || wide.principal === '*') &&
  (wide.condition === '' || wide.condition === narrow.condition);

const withoutOthers = (grants: readonly Grant[], others: readonly Grant[], effect: Grant['effect']): Grant[] =>
  grants.filter((grant) => grant.effect === effect && !others.some((other) => includes(other, grant)));

const rightOf = ({ effect: _effect, ...grant }: Grant, kind: WidenedRight['kind']): WidenedRight => ({
  kind,
  ...grant,
});

/** Whether a policy, or something that it is about, outlives the update. */
const isMissed = (id: string, before: Template, after: Template): boolean =>
  [id, ...referencesIn(before.Resources[id]?.Properties ?? null).map((place) => place.id)].some(
    (each) => after.Resources[each] !== undefined,
  );

/**
 * The rights that an update adds, by the resource that says them. A right that another statement of the same resource already
 * gave, by a wider pattern or without a condition, is none. A denial that goes together with what it protected is none either.
 */
export const widenedRights = (before: Template, after: Template): WidenedRight[] => {
  const [old, next] = [grantsOf(before), grantsOf(after)];
  const lifted = withoutOthers(old, next, 'Deny').filter(({ id }) => isMissed(id, before, after));
  return [
    ...withoutOthers(next, old, 'Allow').map((grant) => rightOf(grant, 'allowed')),
    ...lifted.map((grant) => rightOf(grant, 'no longer denied')),
  ];
};
