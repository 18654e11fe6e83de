import type { FromSchema, JSONSchema } from 'json-schema-to-ts';

/** A JSON Schema (2020-12) that remembers, for the compiler only, the type it describes. */
export interface Schema<T = unknown> {
  readonly [keyword: string]: unknown;
  readonly type$?: T;
}

export type TypeOf<S> = S extends Schema<infer T> ? T : never;

/**
 * Infers the type once, where the schema is written, so that operations never pay for it again.
 * A property with a default counts as present: validators fill it in.
 */
// @__NO_SIDE_EFFECTS__
export const schema = <const S extends JSONSchema>(definition: S) => definition as unknown as Schema<FromSchema<S>>;

// @__NO_SIDE_EFFECTS__
export const constant = <const Value extends string>(value: Value): Schema<Value> => ({ const: value });

type Members = Readonly<Record<string, Schema>>;

type ObjectOf<M extends Members, Required extends keyof M> = {
  [Name in Required]: TypeOf<M[Name]>;
} & { [Name in Exclude<keyof M, Required>]?: TypeOf<M[Name]> };

/** An object that is made of schemas whose types are known, and has no other members. */
// @__NO_SIDE_EFFECTS__
export const objectOf = <M extends Members, const Required extends keyof M & string>(
  properties: M,
  required: readonly Required[],
): Schema<ObjectOf<M, Required>> => ({ type: 'object', properties, required, additionalProperties: false });

// @__NO_SIDE_EFFECTS__
export const anyOf = <S extends readonly Schema[]>(...schemas: S): Schema<TypeOf<S[number]>> => ({ anyOf: schemas });

/** One of several objects, told apart by a member that each has as a constant of its own. */
// @__NO_SIDE_EFFECTS__
export const oneOf = <S extends readonly Schema[]>(
  discriminator: string,
  ...schemas: S
): Schema<TypeOf<S[number]>> => ({
  type: 'object',
  discriminator: { propertyName: discriminator },
  oneOf: schemas,
});
