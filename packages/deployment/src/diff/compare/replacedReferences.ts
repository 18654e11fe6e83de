import { type ReferencePlace, referencesIn } from '../template/references.ts';
import type { Template } from '../template/template.ts';
import { type PropertyChange, type ResourceChange, strongest, weakest } from './changes.ts';
import { replacementAt } from './schema.ts';

type Changes = ReadonlyMap<string, ResourceChange>;

/** What a reference makes of its resource: another value, if what it refers to is created anew. */
const changeThrough = (type: string, { path, id }: ReferencePlace, changes: Changes): PropertyChange[] => {
  const certainty = changes.get(id)?.replacement ?? 'no';
  if (certainty === 'no') return [];
  return [{ path, cause: id, replacement: weakest(certainty, replacementAt(type, path)) }];
};

const pathText = ({ path }: PropertyChange) => path.join('.');

const withReferences = (id: string, template: Template, changes: Changes): ResourceChange | undefined => {
  const resource = template.Resources[id];
  const known = changes.get(id);
  if (resource === undefined) return known;
  const { Type: type, Properties: properties = {} } = resource;
  const own = known?.properties.filter(({ cause }) => cause === undefined) ?? [];
  const said = new Set(own.map(pathText));
  const caused = referencesIn(properties)
    .flatMap((place) => (place.id === id ? [] : changeThrough(type, place, changes)))
    .filter((each) => !said.has(pathText(each)));
  const all = [...own, ...new Map(caused.map((each) => [`${pathText(each)} ${each.cause}`, each])).values()];
  if (all.length === 0) return known;
  const replacement = strongest(all.map((each) => each.replacement));
  return {
    id,
    type: known?.type ?? type,
    action: replacement === 'yes' ? 'replaced' : 'changed',
    replacement,
    properties: all,
  };
};

/** The changes, with those that follow from references to replaced resources, however far. Replacements only ever grow. */
export const withReplacedReferences = (
  own: readonly ResourceChange[],
  before: Template,
  after: Template,
): ResourceChange[] => {
  const kept = Object.keys(after.Resources).filter((id) => before.Resources[id] !== undefined);
  const changes = new Map(own.map((change) => [change.id, change]));
  for (let isSettled = false; !isSettled; ) {
    isSettled = true;
    for (const id of kept) {
      const next = withReferences(id, after, changes);
      if (next === undefined || JSON.stringify(next) === JSON.stringify(changes.get(id))) continue;
      changes.set(id, next);
      isSettled = false;
    }
  }
  return [...changes.values()].toSorted((left, right) => (left.id < right.id ? -1 : Number(left.id > right.id)));
};
