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

/** A write may have been carried out: its answer was lost, and others have changed the resource since. */
export class UnknownOutcomeError extends Error {
  override readonly name = 'UnknownOutcomeError';
}

/** Whatever was read had changed before it could be written, time and again. */
export class ContentionError extends Error {
  override readonly name = 'ContentionError';
}

/** A start key that fits no row of the index queried. */
export class InvalidStartKeyError extends Error {
  override readonly name = 'InvalidStartKeyError';
}
