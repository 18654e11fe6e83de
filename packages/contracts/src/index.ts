export { type ChangesOf, changesOf } from './changes.ts';
export * from './fields.ts';
export * from './notes.ts';
export * from './operation.ts';
export { type Schema, schema, type TypeOf } from './schema.ts';
export * from './tasks.ts';
export * from './users.ts';
export type { ValidateFunction, ValidationError, ValidatorsOf } from './validators.ts';
