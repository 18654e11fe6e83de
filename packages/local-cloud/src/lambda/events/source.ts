import type { Serverless } from '../../framework/types.ts';
import type { Resolve } from '../../template/resolver.ts';
import type { Invoke } from '../invoke.ts';

/** A service that is about to start. */
export interface StartingService {
  readonly serverless: Serverless;
  readonly resolve: Resolve;
  readonly invoke: Invoke;
  readonly region: string;
}

/** Begins nothing more. Resolves when what is running has ended, within a few seconds. */
export type Stop = () => Promise<void> | void;

/** What calls functions besides gateways. */
export interface EventSource {
  /** Reads what a service wants of it, and makes what the service declares. Throws what is wrong with that. */
  readonly prepare: (service: StartingService) => Promise<void> | void;
  /** When all functions can be called. Resolves to what stops it. */
  readonly start: () => Promise<Stop[]> | Stop[];
}
