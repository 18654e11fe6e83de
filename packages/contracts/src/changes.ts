import type { Schema } from './schema.ts';

/** What may be changed of a resource: any of its input's fields; null removes one that is optional and has no default. */
export type ChangesOf<Input> = {
  [Field in keyof Input]?: undefined extends Input[Field] ? Input[Field] | null : Input[Field];
};

interface PropertySchema {
  readonly type?: unknown;
  readonly default?: unknown;
}

type Properties = Record<string, PropertySchema>;

const withoutDefault = ({ default: _default, ...property }: PropertySchema) => property;

/**
 * The body of an update, from the body of the create: every field optional, at least one given.
 * `x-removable` names the fields that a merge patch may set to null.
 */
// @__NO_SIDE_EFFECTS__
export const changesOf = <Input>(input: Schema<Input>): Schema<ChangesOf<Input>> => {
  const properties = input.properties as Properties;
  const required = (input.required ?? []) as readonly string[];
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, withoutDefault(value)])),
    additionalProperties: false,
    minProperties: 1,
    'x-removable': Object.keys(properties).filter(
      (name) => !required.includes(name) && properties[name]?.default === undefined,
    ),
  };
};

/** The merge patch (RFC 7396) that goes with a schema made by `changesOf`: null is allowed where it removes a field. */
export const mergePatchOf = <Changes>(changes: Schema<Changes>): Schema<Changes> => {
  const { 'x-removable': removable, ...rest } = changes;
  const properties = { ...(changes.properties as Properties) };
  for (const name of removable as readonly string[]) {
    properties[name] = { ...properties[name], type: [properties[name]?.type, 'null'].flat() };
  }
  return { ...rest, properties };
};
