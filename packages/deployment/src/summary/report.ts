import type { FailedResource } from '../stack/firstFailure.ts';

export type Outcome =
  | 'deployed'
  | 'unchanged'
  | 'removed'
  | 'absent' // there was nothing to remove
  | 'failed'
  | 'rolled back' // by CloudFormation after a failure, or by the command of that name
  | 'interrupted' // the command was stopped meanwhile
  | 'not started'; // the command was stopped before

export interface Problem {
  /** The first resource that failed, where CloudFormation names one. */
  readonly resource?: FailedResource | undefined;
  readonly reason: string;
  /** What to do about it. */
  readonly next: string;
}

/** What has come of one service. */
export interface Report {
  readonly service: string;
  readonly outcome: Outcome;
  readonly urls: readonly string[];
  readonly seconds: number;
  /** Functions that run other code than before. */
  readonly changed: readonly string[];
  /** Resources that a removal left, by their names on AWS. */
  readonly kept?: readonly string[];
  readonly problem?: Problem | undefined;
}

/** A report before the time was taken. */
export type ServiceOutcome = Omit<Report, 'seconds'>;

export const hasFailed = ({ problem, outcome }: Report): boolean => problem !== undefined || outcome === 'not started';
