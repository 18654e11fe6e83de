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
