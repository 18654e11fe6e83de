import type { StackEvent } from '@aws-sdk/client-cloudformation';
import type { Upload } from './deployments.ts';

/**
 * What came of an upload: `live` now; `ran` before; `failed` to be put in place, or `never started`; `unknown` where the
 * stack's events do not reach back so far (CloudFormation keeps them for 90 days).
 */
export type Fate = 'live' | 'ran' | 'failed' | 'never started' | 'unknown';

export interface Deployment extends Upload {
  readonly fate: Fate;
}

interface Operation {
  readonly startedAt: Date;
  /** The stack's status at its end; undefined while it goes on. */
  readonly end: string | undefined;
}

const isOfStack = ({ ResourceType, LogicalResourceId, StackName }: StackEvent) =>
  ResourceType === 'AWS::CloudFormation::Stack' && LogicalResourceId === StackName;

const begins = (status: string) => ['CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS', 'IMPORT_IN_PROGRESS'].includes(status);
const ends = (status: string) => /_(COMPLETE|FAILED)$/.test(status);

/** The operations that somebody began, by the events of a stack, the oldest first. */
export const operationsIn = (events: readonly StackEvent[]): Operation[] => {
  const operations: Operation[] = [];
  for (const { ResourceStatus = '', Timestamp = new Date(0) } of events.filter(isOfStack)) {
    if (begins(ResourceStatus)) operations.push({ startedAt: Timestamp, end: undefined });
    const last = operations.pop();
    if (last) operations.push(ends(ResourceStatus) ? { ...last, end: ResourceStatus } : last);
  }
  return operations;
};

const hasWorked = ({ end }: Operation) => end === 'CREATE_COMPLETE' || end === 'UPDATE_COMPLETE';

interface Evidence {
  readonly uploads: readonly Upload[];
  readonly events: readonly StackEvent[];
  /** The folder whose archives the stack's template names now. */
  readonly live: string | undefined;
}

/**
 * What is known of each upload, the newest first. Uploading comes right before the operation that uses it, so an upload's
 * own is the first that began after it and before the next upload. Both times are AWS's. A later one in between is a rollback.
 */
export const historyOf = ({ uploads, events, live }: Evidence): Deployment[] => {
  const operations = operationsIn(events);
  const reach = events[0]?.Timestamp ?? new Date();
  const fateOf = (upload: Upload, next: Upload | undefined): Fate => {
    if (upload.folder === live) return 'live';
    const own = operations.find(
      ({ startedAt }) => startedAt >= upload.uploadedAt && (!next || startedAt < next.uploadedAt),
    );
    if (own) return hasWorked(own) ? 'ran' : 'failed';
    return upload.uploadedAt < reach ? 'unknown' : 'never started';
  };
  return uploads.map((upload, at) => ({ ...upload, fate: fateOf(upload, uploads[at + 1]) })).toReversed();
};
