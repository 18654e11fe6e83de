import { isList, isObject, type Value } from '../template/template.ts';
import type { PropertyChange } from './changes.ts';

type Difference = Pick<PropertyChange, 'path' | 'before' | 'after'>;

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

/** What can be compared part by part. Nothing at all is compared as if it were empty. */
const partsOf = (before: Value | undefined, after: Value | undefined) => {
  const present = before ?? after;
  if (isList(present)) {
    const [left, right] = [before ?? [], after ?? []];
    return isList(left) && isList(right) && left.length + right.length > 0 ? named(left, right) : undefined;
  }
  const [left, right] = [before ?? {}, after ?? {}];
  if (!isObject(left) || !isObject(right) || isIntrinsic(left) || isIntrinsic(right)) return undefined;
  return Object.keys(left).length + Object.keys(right).length > 0 ? ([left, right] as const) : undefined;
};

/** Where two canonical values differ, as deep down as it can be said. */
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
