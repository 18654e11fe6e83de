import type { ValidateFunction } from './compiledOperation.ts';
import type { BodyOf, Message } from './message.ts';

/** What both ends of a queue or a socket need of a message at run time. Generated. */
export interface CompiledMessage<M extends Message = Message> {
  readonly name: string;
  /** Judges `{ body }`: a violation's path begins with the part that it is in, as in a request. */
  readonly validate: ValidateFunction;
  /** For the compiler only. */
  readonly message$?: M;
}

/** The body of a message that a function imports. */
export type MessageBody<C> = C extends CompiledMessage<infer M> ? BodyOf<M> : never;
