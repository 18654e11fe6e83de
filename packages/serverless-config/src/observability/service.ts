import type { DeclaredFunctions, Resource, Resources } from '../framework.ts';
import { type ApiKind, apiKinds } from './events.ts';
import { targetOf } from './targetOf.ts';
import { functionOf, type WatchedFunction } from './watchedFunction.ts';

export interface WatchedTable {
  /** The logical id. */
  readonly id: string;
  readonly indexes: readonly string[];
}

/** What a service is made of, as its alarms and its dashboard see it: read from its own configuration. */
export interface WatchedService {
  readonly name: string;
  readonly stage: string;
  /** What its metrics call it. */
  readonly metricsName: string;
  readonly functions: readonly WatchedFunction[];
  readonly apiKinds: readonly ApiKind[];
  /** Whether a caller can ask to wait for the outcome of what it asks for (`Prefer: wait`). */
  readonly letsCallersWait: boolean;
  readonly tables: readonly WatchedTable[];
  /** Logical ids. */
  readonly queues: readonly string[];
  readonly deadLetterQueues: readonly string[];
}

const ofType = (resources: Resources, type: string) =>
  Object.entries(resources).filter(([, { Type }]) => Type === type);

const tableOf = ([id, { Properties = {} }]: [string, Resource]): WatchedTable => {
  const indexes = (Properties['GlobalSecondaryIndexes'] ?? []) as readonly { readonly IndexName: string }[];
  return { id, indexes: indexes.map(({ IndexName }) => IndexName) };
};

const redriveTargetOf = ({ Properties = {} }: Resource) =>
  targetOf(
    (Properties['RedrivePolicy'] as { readonly deadLetterTargetArn?: unknown } | undefined)?.deadLetterTargetArn,
  );

interface DeclaredService extends Pick<WatchedService, 'name' | 'stage' | 'metricsName' | 'letsCallersWait'> {
  readonly functions: DeclaredFunctions;
  readonly resources: Resources;
  /** Of functions that name none, in seconds. */
  readonly timeout: number;
}

/** `functions` and `resources` are as the service declares them. */
export const describeService = ({
  name,
  stage,
  metricsName,
  letsCallersWait,
  timeout,
  functions,
  resources,
}: DeclaredService): WatchedService => {
  const all = Object.entries(functions).map(([key, declared]) => functionOf(key, declared, timeout));
  const queues = ofType(resources, 'AWS::SQS::Queue');
  const aside = new Set([
    ...queues.map(([, queue]) => redriveTargetOf(queue)),
    ...all.flatMap(({ failureDestinations }) => failureDestinations),
  ]);
  const queueIds = queues.map(([id]) => id);
  return {
    name,
    stage,
    metricsName,
    letsCallersWait,
    functions: all,
    apiKinds: apiKinds.filter((kind) => all.some(({ kinds }) => kinds.includes(kind))),
    tables: ofType(resources, 'AWS::DynamoDB::Table').map(tableOf),
    queues: queueIds.filter((id) => !aside.has(id)),
    deadLetterQueues: queueIds.filter((id) => aside.has(id)),
  };
};
