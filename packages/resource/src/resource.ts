/** What tells one state of a resource from every other: a resource that comes back under an old id has another `createdAt`. */
export interface Version {
  readonly version: number;
  /** ISO 8601, UTC, milliseconds. */
  readonly createdAt: string;
}

/** Who a new resource is: its id, and under an Idempotency-Key the digest that tells a replay from another request. */
export interface Identity {
  readonly id: string;
  readonly payloadDigest?: string;
}

/** The result of a create: `replayed` when an earlier request under the same Idempotency-Key made the resource. */
export interface Creation<T> {
  readonly resource: T;
  readonly replayed: boolean;
}

/** A page of a list. */
export interface Page<T> {
  readonly items: T[];
  /** The key of the last row, where the list goes on after it. */
  readonly lastKey?: readonly string[] | undefined;
}
