import type { Method, Operation } from './operation.ts';

/** What a validator says of one violation (the members of Ajv's error object that are used). */
export interface ValidationError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/**
 * Judges a request `{ params, query, body }`, fills in defaults and puts times and ids into canonical form, in place.
 * `errors` are those of the last call.
 */
export interface ValidateFunction {
  (request: unknown): boolean;
  errors?: readonly ValidationError[] | null;
}

/** The generated validators of one function: one for each method that it serves. */
export interface ValidatorsOf<O extends Operation> {
  readonly operationId: O['operationId'];
  readonly validate: { readonly [M in Method]?: ValidateFunction };
}
