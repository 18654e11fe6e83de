import { UsageFailure } from '@app/command-line/failure';
import type { ServiceDiff } from './serviceDiff.ts';

export type Verdict = 'no changes' | 'changes' | 'needs approval' | 'refused';

/** What the branch is compared with. */
export type Against =
  | { readonly kind: 'deployed' }
  | { readonly kind: 'revision'; readonly revision: string; readonly commit: string };

export interface Report {
  readonly stage: string;
  readonly region: string;
  readonly against: Against;
  readonly verdict: Verdict;
  readonly services: readonly ServiceDiff[];
  /** Names that `--approve` needs, and has not been given. */
  readonly missingApprovals: readonly string[];
  readonly notes: readonly string[];
}

const isChanged = ({ isNew, changes, outputs }: ServiceDiff) => isNew || changes.length + outputs.length > 0;

const verdictOf = (services: readonly ServiceDiff[], missing: readonly string[]): Verdict => {
  if (services.some(({ refusals }) => refusals.length > 0)) return 'refused';
  if (missing.length > 0) return 'needs approval';
  return services.some(isChanged) ? 'changes' : 'no changes';
};

const approvalsOf = (services: readonly ServiceDiff[]): string[] =>
  services.flatMap(({ changes }) => changes.flatMap(({ approval }) => approval ?? []));

/** Throws a UsageFailure for a name that no compared template has: a mistyped approval must not look like one. */
const assertKnown = (approved: readonly string[], known: ReadonlySet<string>) => {
  const unknown = approved.filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new UsageFailure(
    `--approve: there is no resource ${unknown.map((name) => `“${name}”`).join(', ')}. A name is <service>/<LogicalId>, such as notes/NotesTable.`,
  );
};

export interface Judged {
  readonly target: Pick<Report, 'stage' | 'region' | 'against'>;
  readonly services: readonly ServiceDiff[];
  /** The names given to `--approve`. */
  readonly approved: readonly string[];
  /** All names that a resource of the compared templates has, as `--approve` takes them. */
  readonly known: ReadonlySet<string>;
  readonly notes?: readonly string[];
}

/** The whole report, with what is missing for the deployment to go on. */
export const reportOf = ({ target, services, approved, known, notes = [] }: Judged): Report => {
  assertKnown(approved, known);
  const needed = approvalsOf(services);
  const missingApprovals = needed.filter((name) => !approved.includes(name));
  const needless = approved.filter((name) => !needed.includes(name));
  return {
    ...target,
    verdict: verdictOf(services, missingApprovals),
    services,
    missingApprovals,
    notes: [...notes, ...needless.map((name) => `${name} was approved, and needs no approval.`)],
  };
};

/** Whether a deployment may go on. */
export const isAllowed = ({ verdict }: Report): boolean => verdict === 'no changes' || verdict === 'changes';
