import type { Schema, TypeOf } from './schema.ts';

/** What a table needs of its resource at run time. It stands for the schema, which stays out of a function's bundle. */
export interface CompiledResource<T = unknown> {
  /** The names of its properties, in the contract's order: what a caller sees of a row. */
  readonly properties: readonly string[];
  /** For the compiler only. */
  readonly resource$?: T;
}

/** The resource that a contract's schema describes. */
export type ResourceOf<S extends Schema> = CompiledResource<TypeOf<S>>;

/** The generator's. */
export const describeResource = <T>({ properties }: Schema<T>): CompiledResource<T> => ({
  properties: Object.keys(properties as object),
});
