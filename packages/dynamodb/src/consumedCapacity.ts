import { addReadCapacity, addWriteCapacity } from '@app/observability';
import type { ConsumedCapacity, ServiceInputTypes, ServiceOutputTypes } from '@aws-sdk/client-dynamodb';
import type { InitializeMiddleware, Pluggable } from '@smithy/types';

const reads = new Set(['GetItemCommand', 'QueryCommand', 'BatchGetItemCommand', 'TransactGetItemsCommand']);

const total = (consumed: ConsumedCapacity | ConsumedCapacity[] | undefined) =>
  [consumed ?? []].flat().reduce((units, { CapacityUnits = 0 }) => units + CapacityUnits, 0);

const measured: InitializeMiddleware<ServiceInputTypes, ServiceOutputTypes> = (next, context) => async (args) => {
  const result = await next({ ...args, input: { ReturnConsumedCapacity: 'TOTAL', ...args.input } });
  const { ConsumedCapacity: consumed } = result.output as { ConsumedCapacity?: ConsumedCapacity | ConsumedCapacity[] };
  const add = reads.has(context.commandName ?? '') ? addReadCapacity : addWriteCapacity;
  add(total(consumed));
  return result;
};

/** Asks every command what it consumed, in capacity units, and adds it to the invocation's metrics. */
export const measureCapacity = (): Pluggable<ServiceInputTypes, ServiceOutputTypes> => ({
  applyToStack: (stack) => stack.add(measured, { step: 'initialize' }),
});
