import type { ResourceChange } from '../compare/changes.ts';
import { shown } from '../template/canonical.ts';
import type { Resource, Template } from '../template/template.ts';
import { indexChanges } from './indexes.ts';
import { nameOf } from './names.ts';

export type Rule = 'type-changed' | 'named-replacement' | 'name-taken' | 'index-altered' | 'two-index-changes';

/** What CloudFormation would refuse, half-way through an update. No approval lifts it. */
export interface Refusal {
  readonly rule: Rule;
  readonly id: string;
  readonly message: string;
}

interface Pair {
  readonly change: ResourceChange;
  readonly old: Resource;
  readonly next: Resource;
}

const typeChanged = ({ change: { id }, old, next }: Pair): Refusal[] =>
  old.Type === next.Type
    ? []
    : [
        {
          rule: 'type-changed',
          id,
          message: `becomes ${next.Type}: CloudFormation refuses another type under the same logical id. Give the new resource an id of its own.`,
        },
      ];

const namedReplacement = ({ change: { id, replacement, properties }, old, next }: Pair): Refusal[] => {
  const [was, is] = [nameOf(old), nameOf(next)];
  const isSame = old.Type === next.Type && was !== undefined && was.name === is?.name;
  const isRenamed = properties.some(({ path }) => path[0] === is?.property); // the name refers to what is replaced
  if (replacement !== 'yes' || !isSame || isRenamed) return [];
  const reasons = properties.filter((each) => each.replacement === 'yes').map(({ path }) => path.join('.'));
  return [
    {
      rule: 'named-replacement',
      id,
      message: `would be replaced (${reasons.join(', ')}) under its own ${was.property} “${was.name}”: CloudFormation creates the new one first, and refuses. It needs another name, and its data a move.`,
    },
  ];
};

const list = (words: readonly string[], before: string) => (words.length > 0 ? [`${before} ${words.join(', ')}`] : []);

const indexRules = ({ change: { id, replacement }, old, next }: Pair): Refusal[] => {
  if (old.Type !== next.Type || next.Type !== 'AWS::DynamoDB::Table' || replacement === 'yes') return [];
  const { created, deleted, altered } = indexChanges(old, next);
  const done = [...list(created, 'creates'), ...list(deleted, 'deletes')].join(' and ');
  const refusals: Refusal[] = altered.map((name) => ({
    rule: 'index-altered',
    id,
    message: `changes keys or projection of its index ${name}: DynamoDB cannot. Create one of another name, deploy, then delete this one.`,
  }));
  if (created.length + deleted.length < 2) return refusals;
  const message = `${done} in one update: DynamoDB allows one index to be created or deleted at a time. Deploy them one after another.`;
  return [...refusals, { rule: 'two-index-changes', id, message }];
};

const nameKey = (resource: Resource | undefined): string | undefined => {
  const named = resource && nameOf(resource);
  return named && `${resource.Type} ${named.name}`;
};

/** A new resource that takes the name of one which is there until the end of the update, or for good. */
const nameTaken = (changes: readonly ResourceChange[], before: Template, after: Template): Refusal[] => {
  const holders = new Map(Object.entries(before.Resources).map(([id, resource]) => [nameKey(resource), id]));
  return changes.flatMap(({ id, action }) => {
    const next = after.Resources[id];
    const key = nameKey(next);
    const holder = key === undefined ? undefined : holders.get(key);
    const isNew = action === 'added' || action === 'replaced';
    if (!isNew || next === undefined || holder === undefined || holder === id) return [];
    const message = `is to be named “${shown(nameOf(next)?.name)}”, which ${holder} is: CloudFormation creates before it deletes, and refuses. Keep the logical id, or choose another name.`;
    return [{ rule: 'name-taken' as const, id, message }];
  });
};

/** What of an update CloudFormation would refuse, by rule. */
export const refusalsOf = (
  changes: readonly ResourceChange[],
  before: Template,
  after: Template,
): readonly Refusal[] => {
  const pairs = changes.flatMap((change) => {
    const [old, next] = [before.Resources[change.id], after.Resources[change.id]];
    return old === undefined || next === undefined ? [] : [{ change, old, next }];
  });
  return [
    ...pairs.flatMap(typeChanged),
    ...pairs.flatMap(namedReplacement),
    ...pairs.flatMap(indexRules),
    ...nameTaken(changes, before, after),
  ];
};
