import { mediaTypeOf, type Operation } from '@app/contracts';
import { apis } from '@app/contracts/apis';
import type { TestRequest } from './events.ts';
import { id, sampleOf } from './sampleOf.ts';

export interface EveryOperation {
  /** The service whose contract has it. */
  readonly service: string;
  readonly operation: Operation;
  /** A request that the contract takes, for an id that nothing has. */
  readonly valid: TestRequest & { readonly path: string };
}

const validRequest = ({ method, path, request: { params, body } }: Operation) => ({
  method,
  path: path.replaceAll(/\{\w+\}/g, id),
  ...(params && { params: sampleOf(params) as Record<string, string> }),
  ...(body && { body: sampleOf(body) }),
});

/** Every operation of every service, PATCH too. */
export const everyOperation: readonly EveryOperation[] = Object.entries(apis).flatMap(([service, operations]) =>
  operations.map((operation) => ({ service, operation, valid: validRequest(operation) })),
);

/** Calls of a running cloud that need no id: every list, and every creation. They wait for what is carried out later. */
export const callsWithoutId = everyOperation
  .filter(({ operation: { method, path } }) => !path.includes('{') && (method === 'GET' || method === 'POST'))
  .map(({ service, operation: { operationId, method }, valid: { path, body } }) => ({
    service,
    name: operationId,
    path,
    expected: method === 'POST' ? 201 : 200,
    init: {
      method,
      headers: { prefer: 'wait=20', ...(body !== undefined && { 'content-type': mediaTypeOf(method) }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    },
  }));
