import { setTimeout as delay } from 'node:timers/promises';
import type { Invoke } from '../../lambda/invoke.ts';
import { causeOfBatch } from '../../tracing/cause.ts';
import type { TraceContext } from '../../tracing/context.ts';
import type { StreamRecord } from './api.ts';
import type { StreamMapping } from './mappings.ts';

interface Deps {
  readonly mapping: Pick<StreamMapping, 'functionName' | 'table' | 'retries' | 'bisects' | 'partial'>;
  /** The call that wrote what a record tells of, if it is known. */
  readonly writerOf: (record: StreamRecord) => TraceContext | undefined;
  readonly invoke: Invoke;
  /** Gets a batch that was given up. */
  readonly giveUp: (records: readonly StreamRecord[], attempts: number) => Promise<void>;
  readonly signal: AbortSignal;
}

const firstWait = 100; // milliseconds, doubled each time
const longestWait = 1000;

/** How many of the records, from the first, the function has dealt with. A report that makes no sense is one of failure. */
const dealtWith = (records: readonly StreamRecord[], result: unknown, partial: boolean): number => {
  const failures = partial ? (result as { batchItemFailures?: unknown } | null | undefined)?.batchItemFailures : [];
  if (failures === undefined || failures === null) return records.length;
  if (!Array.isArray(failures)) return 0;
  const places = failures.map((failure: { itemIdentifier?: unknown } | null) =>
    records.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === failure?.itemIdentifier),
  );
  return Math.max(0, Math.min(records.length, ...places)); // -1, of a record that is not in the batch, is failure of all
};

/**
 * Delivers records as Lambda's event source mapping does: in order, and none before those ahead of it are dealt with or
 * given up. A batch that fails is halved, where the mapping asks for it, so that one bad record costs no other.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-batchfailurereporting.html
 */
export const createDelivery = ({ mapping, invoke, giveUp, writerOf, signal }: Deps) => {
  const { functionName, table, retries, bisects, partial } = mapping;

  const deliver = async (records: readonly StreamRecord[], attempts = 0): Promise<void> => {
    if (records.length === 0) return;
    const cause = causeOfBatch('datasource', table, records.map(writerOf));
    const done = await invoke(functionName, { Records: records }, cause).then(
      (result) => dealtWith(records, result, partial),
      () => 0, // the log says why
    );
    const rest = records.slice(done);
    if (rest.length === 0) return;
    if (done > 0) return deliver(rest);
    if (bisects && rest.length > 1) {
      const half = Math.ceil(rest.length / 2);
      await deliver(rest.slice(0, half), attempts);
      return deliver(rest.slice(half));
    }
    if (retries >= 0 && attempts >= retries) return giveUp(rest, attempts + 1);
    await delay(Math.min(longestWait, firstWait * 2 ** attempts), undefined, { signal });
    return deliver(rest, attempts + 1);
  };
  return (records: readonly StreamRecord[]) => deliver(records);
};
