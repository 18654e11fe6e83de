import { shown } from '../template/canonical.ts';
import type { Resource, Value } from '../template/template.ts';
import { isList, isObject } from '../template/template.ts';

const indexesOf = ({ Properties: properties = {} }: Resource): ReadonlyMap<string, string> => {
  const indexes = properties['GlobalSecondaryIndexes'];
  const entries = (isList(indexes) ? indexes : []).map((index: Value) => {
    const { IndexName: name = '', KeySchema: keys = [], Projection: projection = {} } = isObject(index) ? index : {};
    return [shown(name), JSON.stringify([keys, projection])] as const;
  });
  return new Map(entries);
};

export interface IndexChanges {
  readonly created: readonly string[];
  readonly deleted: readonly string[];
  /** The same name with other keys or another projection: DynamoDB cannot change these. */
  readonly altered: readonly string[];
}

/** What an update does to the global secondary indexes of a table. */
export const indexChanges = (before: Resource, after: Resource): IndexChanges => {
  const [old, next] = [indexesOf(before), indexesOf(after)];
  return {
    created: [...next.keys()].filter((name) => !old.has(name)),
    deleted: [...old.keys()].filter((name) => !next.has(name)),
    altered: [...next].flatMap(([name, keys]) => (old.has(name) && old.get(name) !== keys ? [name] : [])),
  };
};
