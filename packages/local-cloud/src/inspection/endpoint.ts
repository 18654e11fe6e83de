import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Faults } from '../faults/faults.ts';
import type { Judge } from '../iam/judge.ts';
import type { Recorder } from '../recorder/recorder.ts';

export interface InspectionMeans {
  readonly recorder: Recorder;
  readonly judge: Judge;
  readonly faults: Faults;
}

/** A request to an endpoint, with what it needs to answer. */
export interface Asked extends InspectionMeans {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
  /** What stands behind the resource's name. */
  readonly id: string | undefined;
}

export type Endpoint = (asked: Asked) => Promise<void> | void;

/** A function as people name it: `notes:createNote`. */
export const nameOf = ({ role: { service, key } }: ReturnType<Judge['holders']>[number]): string => `${service}:${key}`;

export const functionsOf = (judge: Judge): string[] => judge.holders().map(nameOf);
