import type { CompiledResource } from '@app/contracts';

type Texts<Name extends string> = Readonly<Record<Name, string>>;

/** An attribute that is made of others of the row and kept for an index; a field that is removed takes it along. */
export interface Derived<Field extends string = string> {
  readonly from: readonly Field[];
  readonly value: (row: Texts<Field>) => string;
}

/** A global secondary index. Its keys are texts. */
export interface Index<Attribute extends string = string> {
  /** Of the index in AWS. An index whose key changes needs another name: DynamoDB changes none. */
  readonly name: string;
  readonly partition: Attribute;
  readonly sort?: Attribute;
  /** What the index holds of a row: by default all. */
  readonly projection?: 'ALL' | 'KEYS_ONLY';
}

// biome-ignore lint/suspicious/noExplicitAny: each is derived from fields of its own
// oxlint-disable-next-line typescript/no-explicit-any
type AnyDerived = Readonly<Record<string, Derived<any>>>;
type AnyIndexes = Readonly<Record<string, Index>>;

/**
 * A table, said once, as data: its CloudFormation resource, the ARNs of its indexes, its queries and what its rows keep for
 * them are made from it.
 */
export interface Table<
  T = unknown,
  Key extends string = string,
  D extends AnyDerived = AnyDerived,
  I extends AnyIndexes = AnyIndexes,
> {
  /** The partition key; of a resource, its id. */
  readonly key: Key;
  readonly sortKey?: string;
  /** What callers see of a row: the contract's properties, in the contract's order. Rows of our own have none. */
  readonly resource?: CompiledResource<T>;
  /** Whether DynamoDB removes rows at their `ttl`. A resource that has an `expiresAt` always expires. */
  readonly expires?: boolean;
  /** Whether its rows are of no worth when their day is over: nothing keeps them beyond their stage, or backs them up. */
  readonly isTransient?: boolean;
  readonly derived: D;
  readonly indexes: I;
}

/** Keys of indexes are texts. */
type TextsOf<T> = { [Name in keyof T]-?: NonNullable<T[Name]> extends string ? Name : never }[keyof T];

type AttributesOf<T, D> = Extract<TextsOf<T> | keyof D, string> | 'ownerId';

type Definition<T, Key extends string, D, I> = Omit<Table<T, Key>, 'derived' | 'indexes'> & {
  readonly derived?: D;
  readonly indexes?: I;
};

// biome-ignore lint/complexity/noBannedTypes: no derived attributes, no indexes
type None = {};

/** An attribute that is derived from some fields of a row. */
// @__NO_SIDE_EFFECTS__
export const derive = <const Field extends string>(
  from: readonly Field[],
  value: (row: Texts<Field>) => string,
): Derived<Field> => ({ from, value });

/** A part of a joined key: what a value holds of the separator is encoded, so that two lists of values never give one key. */
const partOf = (value: string) => value.replaceAll('%', '%25').replaceAll('#', '%23');

/** The values of some fields, joined with `#`: a partition of an index by all of them. */
// @__NO_SIDE_EFFECTS__
export const joinOf = <const Field extends string>(...from: readonly Field[]): Derived<Field> =>
  derive(from, (row) => from.map((field) => partOf(row[field])).join('#'));

/** Defines the table of a resource. */
// @__NO_SIDE_EFFECTS__
export const defineTable = <
  T,
  const Key extends Extract<keyof T, string>,
  const D extends AnyDerived = None,
  const I extends Readonly<Record<string, Index<AttributesOf<T, D>>>> = None,
>(
  definition: Definition<T, Key, D, I> & { readonly resource: CompiledResource<T> },
): Table<T, Key, D, I> => ({ derived: {} as D, indexes: {} as I, ...definition });

/** Defines a table of rows that no caller sees as they are. */
// @__NO_SIDE_EFFECTS__
export const defineRows = <const Key extends string, const I extends AnyIndexes = None>(
  definition: Omit<Definition<unknown, Key, None, I>, 'derived' | 'resource'>,
): Table<unknown, Key, None, I> => ({ derived: {}, indexes: {} as I, ...definition });

/** The values that a partition of an index is given by: its attribute's, or those that it is derived from. */
export type PartitionOf<D, I extends Index> = I['partition'] extends keyof D
  ? D[I['partition']] extends Derived<infer Field>
    ? Texts<Field>
    : never
  : Texts<I['partition']>;

/** A partition of an index, as the attribute that is its key. */
export const partitionIn = ({ derived }: Table, { partition }: Index, values: Texts<string>): Texts<string> => ({
  [partition]: derived[partition]?.value(values) ?? String(values[partition]),
});

type Row = Readonly<Record<string, unknown>>;

/** What a row is shown as: the properties of the table's resource that it has. */
export const shownBy =
  <T>({ resource }: Table<T>) =>
  (row: object): T =>
    Object.fromEntries(
      (resource?.properties ?? []).flatMap((name) =>
        (row as Row)[name] === undefined ? [] : [[name, (row as Row)[name]]],
      ),
    ) as T;

/**
 * The derived attributes that an update changes: null of one whose field it removes. `known` is what is known of the row as it
 * will be. Throws when one is derived from a field that is not known.
 */
export const derivedBy = <D extends AnyDerived>(
  { derived }: { readonly derived: D },
  changes: object,
  known: object,
): Partial<Record<keyof D & string, string | null>> => {
  const row: Row = { ...known, ...changes };
  const attributes: Partial<Record<string, string | null>> = {};
  for (const [name, { from, value }] of Object.entries(derived)) {
    if (!from.some((field) => (changes as Row)[field] !== undefined)) continue;
    const unknown = from.filter((field) => row[field] === undefined);
    if (unknown.length > 0) throw new Error(`${name} cannot be derived without ${unknown.join(', ')}`);
    attributes[name] = from.some((field) => row[field] === null) ? null : value(row as Texts<string>);
  }
  return attributes;
};

/** A whole row with its derived attributes, but for those of a field that it does not have: it is in no index by them. */
export const withDerived = <R extends object, D extends AnyDerived>(
  { derived }: { readonly derived: D },
  row: R,
): R & Partial<Record<keyof D & string, string>> => {
  const isWhole = ({ from }: Derived) => from.every((field) => (row as Row)[field] !== undefined);
  const attributes = Object.entries(derived)
    .filter(([, each]) => isWhole(each))
    .map(([name, { value }]) => [name, value(row as Texts<string>)]);
  return { ...row, ...(Object.fromEntries(attributes) as Partial<Record<keyof D & string, string>>) };
};
