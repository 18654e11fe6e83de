/** A condition on the version did not hold: the resource is there, in another state. */
export class StaleVersionError extends Error {
  override readonly name = 'StaleVersionError';
}

/** An Idempotency-Key whose resource was made from another payload. */
export class IdempotencyKeyReusedError extends Error {
  override readonly name = 'IdempotencyKeyReusedError';
}

/** A start key that fits no row of the index queried. */
export class InvalidStartKeyError extends Error {
  override readonly name = 'InvalidStartKeyError';
}
