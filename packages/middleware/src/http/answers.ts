import { channel } from 'node:diagnostics_channel';
import type { HttpResult } from './httpEvent.ts';

/** What an operation's function answered, as the gateway gets it. */
export interface PublishedAnswer {
  readonly operationId: string;
  readonly method: string;
  readonly result: HttpResult;
}

/** Every answer of every function, for whoever subscribes: tests judge each by its contract. Free where nobody does. */
export const answers = channel('http.answer');
