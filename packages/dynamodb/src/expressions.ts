/** Names and values of one request, each under a placeholder: nothing of a caller's ever stands in an expression. */
interface Placeholders {
  readonly name: (attribute: string) => string;
  readonly value: (value: unknown) => string;
}

/** A part of a condition, a filter or a key condition, written once its placeholders are known. */
export type Condition = (placeholders: Placeholders) => string;

export const exists =
  (attribute: string): Condition =>
  ({ name }) =>
    `attribute_exists(${name(attribute)})`;

export const absent =
  (attribute: string): Condition =>
  ({ name }) =>
    `attribute_not_exists(${name(attribute)})`;

type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';

export const compare =
  (attribute: string, comparator: Comparator, to: unknown): Condition =>
  ({ name, value }) =>
    `${name(attribute)} ${comparator} ${value(to)}`;

export const equals = (attribute: string, to: unknown): Condition => compare(attribute, '=', to);

export const between =
  (attribute: string, from: unknown, to: unknown): Condition =>
  ({ name, value }) =>
    `${name(attribute)} BETWEEN ${value(from)} AND ${value(to)}`;

/** One alone stands bare: DynamoDB refuses redundant parentheses. */
const join =
  (operator: 'AND' | 'OR') =>
  (...conditions: readonly Condition[]): Condition => {
    const [only, ...more] = conditions;
    if (only && more.length === 0) return only;
    return (placeholders) => conditions.map((condition) => `(${condition(placeholders)})`).join(` ${operator} `);
  };

/** Holds when all hold. At least one is needed. */
export const allOf = join('AND');

/** Holds when one holds. At least one is needed. */
export const anyOf = join('OR');

/** The conjunction of key conditions, which take no parentheses. */
export const joined =
  (...conditions: readonly Condition[]): Condition =>
  (placeholders) =>
    conditions.map((condition) => condition(placeholders)).join(' AND ');

/** What an update does: undefined leaves an attribute as it is, null removes it; `increment` adds one to a number. */
export interface Update {
  readonly set: Readonly<Record<string, unknown>>;
  readonly increment?: string;
}

const writeUpdate = ({ set, increment }: Update, { name, value }: Placeholders) => {
  const given = Object.entries(set).filter(([, to]) => to !== undefined);
  const sets = given.filter(([, to]) => to !== null).map(([attribute, to]) => `${name(attribute)} = ${value(to)}`);
  if (increment) sets.push(`${name(increment)} = ${name(increment)} + ${value(1)}`);
  const removes = given.filter(([, to]) => to === null).map(([attribute]) => name(attribute));
  return [sets.length > 0 && `SET ${sets.join(', ')}`, removes.length > 0 && `REMOVE ${removes.join(', ')}`]
    .filter(Boolean)
    .join(' ');
};

interface Parts {
  readonly key?: Condition;
  readonly filter?: Condition;
  readonly condition?: Condition;
  readonly update?: Update;
}

interface Members {
  key: 'KeyConditionExpression';
  filter: 'FilterExpression';
  condition: 'ConditionExpression';
  update: 'UpdateExpression';
}

type Expressions<P extends Parts> = { [Part in keyof P & keyof Members as Members[Part]]: string } & {
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Record<string, unknown>;
};

/** The expression members of a DynamoDB request, with placeholders shared between them; what is not given is left out. */
export const expressions = <const P extends Parts>(parts: P): Expressions<P> => {
  const { key, filter, condition, update }: Parts = parts;
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  const placeholders: Placeholders = {
    name: (attribute) => {
      const known = Object.keys(names).find((alias) => names[alias] === attribute);
      const alias = known ?? `#n${Object.keys(names).length}`;
      names[alias] = attribute;
      return alias;
    },
    value: (value) => {
      const alias = `:v${Object.keys(values).length}`;
      values[alias] = value;
      return alias;
    },
  };
  return {
    ...(key && { KeyConditionExpression: key(placeholders) }),
    ...(filter && { FilterExpression: filter(placeholders) }),
    ...(condition && { ConditionExpression: condition(placeholders) }),
    ...(update && { UpdateExpression: writeUpdate(update, placeholders) }),
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
  } as Expressions<P>;
};
