import type { CompiledOperation, Operation } from '@app/contracts';
import { lambdaContext, parsed, type TestRequest } from '@app/test-support';
import { everyOperation } from '@app/test-support/everyOperation';
import { createHttpHandler } from '../../src/index.ts';
import type { EventOf } from './memos.ts';

type Handle = () => Promise<never>;

/** PATCH shares PUT's function. */
const functionOf = ({ method, path, operationId }: Operation) =>
  everyOperation.find(({ operation }) => method === 'PATCH' && operation.method === 'PUT' && operation.path === path)
    ?.operation.operationId ?? operationId;

/** Calls an operation's pipeline, with its own validators, as a gateway would; `handle` stands for the handler. */
export const callerOf = async (operation: Operation, handle: Handle) => {
  const module = (await import(`@app/contracts/operations/${functionOf(operation)}`)) as Record<string, unknown>;
  const [compiled] = Object.values(module) as [CompiledOperation];
  const handler = createHttpHandler(compiled, handle);
  return async (eventOf: EventOf, request: TestRequest) => parsed(await handler(eventOf(request), lambdaContext()));
};
