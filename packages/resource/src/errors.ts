/** A condition on the version did not hold: the resource is there, in another state. */
export class StaleVersionError extends Error {
  override readonly name = 'StaleVersionError';
}

/** An Idempotency-Key whose resource was made from another payload. */
export class IdempotencyKeyReusedError extends Error {
  override readonly name = 'IdempotencyKeyReusedError';
}

/** Another resource has a value that only one may have. The message is shown to callers. */
export class ValueTakenError extends Error {
  override readonly name = 'ValueTakenError';
}

/** A start key that fits no row of the index queried. */
export class InvalidStartKeyError extends Error {
  override readonly name = 'InvalidStartKeyError';
}

/** Storage did not do what it was asked, for a reason that passes: the same request can succeed later. */
export class UnavailableError extends Error {
  override readonly name: string = 'UnavailableError';
}

/** A write may have been carried out: its answer was lost, and others have changed the resource since. */
export class UnknownOutcomeError extends UnavailableError {
  override readonly name = 'UnknownOutcomeError';
}

/** What was read had changed before it could be written, time and again. */
export class ContentionError extends UnavailableError {
  override readonly name = 'ContentionError';
}
