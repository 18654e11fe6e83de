export { type ChangesOf, changesOf } from './changes.ts';
export type { CompiledMessage, MessageBody } from './compiledMessage.ts';
export {
  type CompiledOperation,
  describeOperation,
  type ValidateFunction,
  type ValidationError,
} from './compiledOperation.ts';
export type { CompiledResource } from './compiledResource.ts';
export * from './fields.ts';
export { type BodyOf, defineMessage, type Message } from './message.ts';
export * from './operation.ts';
export { responsesOf, unknownRoute } from './responses.ts';
export { constant, objectOf, oneOf, type Schema, schema, type TypeOf } from './schema.ts';
