import { shown } from '../template/canonical.ts';
import type { Output, Template } from '../template/template.ts';

export interface OutputChange {
  readonly name: string;
  readonly action: 'added' | 'changed' | 'deleted';
}

const textOf = ({ Value: value, Export: exported }: Output): string => `${shown(value)} ${shown(exported?.Name)}`;

const actionOf = (old: Output | undefined, next: Output | undefined): OutputChange['action'] | undefined => {
  if (old === undefined) return 'added';
  if (next === undefined) return 'deleted';
  return textOf(old) === textOf(next) ? undefined : 'changed';
};

/** The stack's outputs that change: other programs read them. */
export const outputChanges = ({ Outputs: old = {} }: Template, { Outputs: next = {} }: Template): OutputChange[] =>
  [...new Set([...Object.keys(old), ...Object.keys(next)])].toSorted().flatMap((name) => {
    const action = actionOf(old[name], next[name]);
    return action === undefined ? [] : [{ name, action }];
  });
