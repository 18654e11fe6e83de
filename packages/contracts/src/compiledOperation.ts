import type { Method, Operation, RequestHeader } from './operation.ts';

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

/** One for each method that an operation's function serves. */
export type Validators = { readonly [M in Method]?: ValidateFunction };

/** What a function needs of its operation at run time. Validators stand for the schemas, which stay out of its bundle. */
export interface CompiledOperation<O extends Operation = Operation> {
  readonly operationId: O['operationId'];
  readonly path: O['path'];
  readonly headers: readonly RequestHeader[];
  /** The type of each query parameter; empty where the operation takes none. */
  readonly query: Readonly<Record<string, string>>;
  readonly hasBody: boolean;
  /** Whether it answers 202: others carry out what it accepts. */
  readonly accepts: boolean;
  readonly validate: Validators;
  /** For the compiler only. */
  readonly operation$?: O;
}

const typesOf = (properties: unknown) =>
  Object.fromEntries(
    Object.entries((properties ?? {}) as Record<string, { readonly type?: unknown }>).map(([name, { type }]) => [
      name,
      String(type),
    ]),
  );

/** The generator's: everything of a compiled operation but its validators. */
export const describeOperation = <const O extends Operation>({
  operationId,
  path,
  request,
  responses,
}: O): Omit<CompiledOperation<O>, 'validate'> => ({
  operationId,
  path,
  headers: request.headers ?? [],
  query: typesOf(request.query?.properties),
  hasBody: request.body !== undefined,
  accepts: Object.hasOwn(responses, 202),
});
