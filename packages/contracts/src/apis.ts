import * as assets from './assets.ts';
import * as items from './items.ts';
import * as notes from './notes.ts';
import { type Operation, patchOf } from './operation.ts';
import * as tasks from './tasks.ts';
import * as users from './users.ts';

const isOperation = (value: unknown): value is Operation =>
  typeof value === 'object' && value !== null && 'operationId' in value;

/** A contract file's exported operations, with the PATCH that goes with each PUT. */
const operationsOf = (contract: object): Operation[] =>
  Object.values(contract)
    .filter(isOperation)
    .flatMap((operation) => (operation.method === 'PUT' ? [operation, patchOf(operation)] : [operation]));

/** Every service's operations. For generators and checks: functions import the operation they serve and no other. */
export const apis: Readonly<Record<string, readonly Operation[]>> = {
  notes: operationsOf(notes),
  users: operationsOf(users),
  tasks: operationsOf(tasks),
  assets: operationsOf(assets),
  items: operationsOf(items),
};
