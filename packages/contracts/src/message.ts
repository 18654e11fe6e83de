import type { Schema, TypeOf } from './schema.ts';

/** What one program tells another through a queue or a socket: the single source of its type and its validator. */
export interface Message {
  readonly name: string;
  readonly summary: string;
  readonly body: Schema;
}

type Unchanged<T> = T extends readonly (infer Member)[] ? readonly Member[] : T;

type Given<T> = T extends object
  ? { readonly [Name in keyof T]: undefined extends T[Name] ? Unchanged<T[Name]> | undefined : Unchanged<T[Name]> }
  : T;

/** A message's body as it is sent and received: nobody changes it, and a member that is undefined is not there. */
export type BodyOf<M extends Message> = Given<TypeOf<M['body']>>;

// @__NO_SIDE_EFFECTS__
export const defineMessage = <const M extends Message>(message: M): M => message;
