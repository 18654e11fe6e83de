import type { Resource, Template } from '../template/template.ts';
import { type PropertyChange, type ResourceChange, strongest } from './changes.ts';
import { type Difference, differences, pathsIn } from './properties.ts';
import { withReplacedReferences } from './replacedReferences.ts';
import { replacementAt } from './schema.ts';

const attributes = ['Condition', 'DeletionPolicy', 'UpdateReplacePolicy'] as const;

const attributeChanges = (before: Resource, after: Resource): PropertyChange[] =>
  attributes.flatMap((name) =>
    before[name] === after[name]
      ? []
      : [{ path: [`(${name})`], before: before[name], after: after[name], replacement: 'no' as const }],
  );

const withReplacement = (type: string, difference: Difference): PropertyChange => {
  const marks = pathsIn(difference).map((path) => replacementAt(type, path));
  return { ...difference, replacement: strongest(marks) };
};

const changeOf = (id: string, before: Resource, after: Resource): ResourceChange | undefined => {
  const type = after.Type;
  if (before.Type !== type) {
    const properties = [{ path: ['(Type)'], before: before.Type, after: type, replacement: 'yes' as const }];
    return { id, type: before.Type, action: 'replaced', replacement: 'yes', properties };
  }
  const changed = differences(before.Properties ?? {}, after.Properties ?? {});
  const properties = [
    ...changed.map((difference) => withReplacement(type, difference)),
    ...attributeChanges(before, after),
  ];
  if (properties.length === 0) return undefined;
  const replacement = strongest(properties.map((each) => each.replacement));
  return { id, type, action: replacement === 'yes' ? 'replaced' : 'changed', replacement, properties };
};

const whole = (id: string, { Type: type }: Resource, action: 'added' | 'deleted'): ResourceChange => ({
  id,
  type,
  action,
  replacement: 'no',
  properties: [],
});

/**
 * What an update from one normalised template to another does to each resource, in the order of their ids. Resources that refer
 * to a replaced one change with it, or are replaced in turn.
 */
export const resourceChanges = (before: Template, after: Template): ResourceChange[] => {
  const ids = [...new Set([...Object.keys(before.Resources), ...Object.keys(after.Resources)])].toSorted();
  const own = ids.flatMap((id) => {
    const [old, next] = [before.Resources[id], after.Resources[id]];
    if (old === undefined) return next === undefined ? [] : [whole(id, next, 'added')];
    return next === undefined ? [whole(id, old, 'deleted')] : (changeOf(id, old, next) ?? []);
  });
  return withReplacedReferences(own, before, after);
};
