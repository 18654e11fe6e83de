import type { BodyOf, CompiledMessage, Message, ValidationError } from '@app/contracts';

const maxErrors = 10; // nobody reads more

/** What a text says as JSON; null when it is not JSON, as no message is. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

type Reading<M extends Message> =
  | { readonly body: BodyOf<M>; readonly errors?: never }
  | { readonly body?: never; readonly errors: readonly ValidationError[] };

/** A value as the message's body, with times and ids in canonical form; or what keeps it from being one. */
export const readMessage = <M extends Message>({ validate }: CompiledMessage<M>, value: unknown): Reading<M> =>
  validate({ body: value }) ? { body: value as BodyOf<M> } : { errors: (validate.errors ?? []).slice(0, maxErrors) };
