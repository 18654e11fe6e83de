/** A message that no attempt can make anything of: trying again at leisure would only hold up those behind it. */
export class UselessMessageError extends Error {
  override readonly name: string = 'UselessMessageError';
}

/** A message that can never be understood. */
export class UnreadableMessageError extends UselessMessageError {
  override readonly name = 'UnreadableMessageError';
}

/** A message about something that there is not, or that is not as the message has it. */
export class MisdirectedMessageError extends UselessMessageError {
  override readonly name = 'MisdirectedMessageError';
}
