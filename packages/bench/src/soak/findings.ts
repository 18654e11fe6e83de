/** What a soak found wrong, by kind. */
export interface Findings {
  /** Something acknowledged that is not there, or not carried out. */
  readonly lost: string[];
  /** Something carried out more often than it was asked for. */
  readonly doubled: string[];
  /** An answer or a state that no order of what was asked explains. */
  readonly wrong: string[];
  /** Processes, ports or folders left behind, and memory that did not come back. */
  readonly leaked: string[];
}

export const createFindings = (): Findings => ({ lost: [], doubled: [], wrong: [], leaked: [] });

/** What was done, so that an empty soak is seen to be one. */
export interface Counts {
  requests: number;
  acknowledged: number;
  unanswered: number;
  uploads: number;
  commands: number;
  notifications: number;
  broken: number;
  kills: number;
  stops: number;
}

export const createCounts = (): Counts => ({
  requests: 0,
  acknowledged: 0,
  unanswered: 0,
  uploads: 0,
  commands: 0,
  notifications: 0,
  broken: 0,
  kills: 0,
  stops: 0,
});
