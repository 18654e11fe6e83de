import { join } from 'node:path';
import { contractFiles } from './contractFiles.ts';
import { type Operation, patchOf } from './operation.ts';

/** Operations by the name of the file that exports them. */
export type Apis = Readonly<Record<string, readonly Operation[]>>;

const isOperation = (value: unknown): value is Operation =>
  typeof value === 'object' && value !== null && 'operationId' in value;

const withPatch = (operation: Operation) =>
  operation.method === 'PUT' ? [operation, patchOf(operation)] : [operation];

/** The operations of a folder's contracts, with the PATCH that goes with each PUT. */
export const apisIn = async (folder: string): Promise<Apis> =>
  Object.fromEntries(
    (await contractFiles(folder)).map(({ name, exported }) => [
      name,
      Object.values(exported).filter(isOperation).flatMap(withPatch),
    ]),
  );

/** Every service's operations. For generators and checks: a function imports the operation that it serves and no other. */
export const apis = await apisIn(join(import.meta.dirname, 'services'));
