import type { FailureDestinations, FilterPattern, Serverless, StreamEvent } from '../../framework/types.ts';
import type { Resolve } from '../../template/resolver.ts';

/** An event source mapping: which function a table's changes are delivered to, and how. */
export interface StreamMapping {
  readonly functionName: string;
  readonly table: string;
  readonly startsAt: 'start' | 'now';
  readonly batchSize: number;
  readonly retries: number;
  readonly bisects: boolean;
  /** Whether the function tells which record of a batch failed. */
  readonly partial: boolean;
  readonly filters: readonly FilterPattern[] | undefined;
  readonly destinations: FailureDestinations | undefined;
}

const tableOf = (arn: unknown, resolve: Resolve) => {
  const [logicalId] = [(arn as { 'Fn::GetAtt'?: string | string[] } | undefined)?.['Fn::GetAtt']].flat();
  const name = resolve({ Ref: logicalId?.split('.')[0] });
  return typeof name === 'string' ? name : undefined;
};

const mappingOf = (functionName: string, event: StreamEvent, resolve: Resolve): StreamMapping[] => {
  if (event.enabled === false || (event.type ?? 'dynamodb') !== 'dynamodb') return [];
  const table = tableOf(event.arn, resolve);
  if (!table) throw new Error(`${functionName} has a stream event whose table is not of its service.`);
  return [
    {
      functionName,
      table,
      startsAt: event.startingPosition === 'LATEST' ? 'now' : 'start',
      batchSize: event.batchSize ?? 100,
      retries: event.maximumRetryAttempts ?? -1,
      bisects: event.bisectBatchOnFunctionError ?? false,
      partial: event.functionResponseType === 'ReportBatchItemFailures',
      filters: event.filterPatterns,
      destinations: event.destinations,
    },
  ];
};

/** The event source mappings of a service's streams. Batching windows are not kept. */
export const streamMappingsOf = ({ service: { functions } }: Pick<Serverless, 'service'>, resolve: Resolve) =>
  Object.values(functions).flatMap(({ name = '', events = [] }) =>
    events.flatMap(({ stream }) => (stream ? mappingOf(name, stream, resolve) : [])),
  );
