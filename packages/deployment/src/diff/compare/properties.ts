import { isList, isObject, type Value } from '../template/template.ts';
import type { PropertyChange } from './changes.ts';

export type Difference = Pick<PropertyChange, 'path' | 'before' | 'after'>;

/** Properties by which an element of a list is known. */
const names = ['IndexName', 'AttributeName', 'PolicyName', 'Name', 'Id', 'Key', 'Sid'];

const isIntrinsic = (value: { readonly [name: string]: Value }): boolean =>
  Object.keys(value).some((name) => name === 'Ref' || name === 'Condition' || name.startsWith('Fn::'));

const byName = (list: readonly Value[], name: string): { readonly [name: string]: Value } | undefined => {
  const entries = list.map((element) => {
    const value = isObject(element) ? element[name] : undefined;
    return [typeof value === 'string' ? `[${value}]` : undefined, element] as const;
  });
  const found = new Set(entries.map(([key]) => key));
  if (found.has(undefined) || found.size < list.length) return undefined;
  return Object.fromEntries(entries as [string, Value][]);
};

/** Lists whose elements have names, as objects by these names. */
const named = (before: readonly Value[], after: readonly Value[]) => {
  for (const name of names) {
    const [left, right] = [byName(before, name), byName(after, name)];
    if (left !== undefined && right !== undefined) return [left, right] as const;
  }
  return undefined;
};

const isCompound = (value: Value | undefined): value is { readonly [name: string]: Value } =>
  isObject(value) && !isIntrinsic(value);

/** What can be compared part by part. */
const partsOf = (before: Value | undefined, after: Value | undefined) => {
  if (isList(before) && isList(after)) return named(before, after);
  return isCompound(before) && isCompound(after) ? ([before, after] as const) : undefined;
};

/** Where two canonical values differ, as deep down as it can be said; what is there on one side only is one difference. */
export const differences = (
  before: Value | undefined,
  after: Value | undefined,
  path: readonly string[] = [],
): Difference[] => {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const parts = partsOf(before, after);
  if (parts === undefined) return [{ path, before, after }];
  const [left, right] = parts;
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].flatMap((name) =>
    differences(left[name], right[name], [...path, name]),
  );
};

/** The paths of all that a difference consists of: of an added or removed object, those of everything in it. */
export const pathsIn = ({ path, before, after }: Difference): (readonly string[])[] => {
  const only = before === undefined ? after : before;
  const isOneSided = before === undefined || after === undefined;
  if (!isOneSided || !isCompound(only) || Object.keys(only).length === 0) return [path];
  return Object.entries(only).flatMap(([name, value]) =>
    pathsIn({ path: [...path, name], before: value, after: undefined }),
  );
};
