import type { Operation, ValidatorsOf } from '@app/contracts';
import { apis } from '@app/contracts/apis';
import { lambdaContext, parsed, type TestRequest } from '@app/test-support';
import { createHttpHandler } from '../../src/index.ts';
import type { EventOf } from './notes.ts';

/** What each service's create and update take. */
const bodies: Readonly<Record<string, { readonly create: object; readonly update: object }>> = {
  notes: { create: { title: 'Milk', content: '' }, update: { title: 'Milk' } },
  users: { create: { name: 'Ada', email: 'ada@example.com' }, update: { name: 'Ada' } },
  tasks: { create: { title: 'Milk' }, update: { title: 'Milk' } },
  assets: {
    create: { fileName: 'a.txt', contentType: 'text/plain', size: 1 },
    update: { fileName: 'a.txt' },
  },
  items: { create: { name: 'Bolt' }, update: { name: 'Bolt' } },
};

type Handle = () => Promise<never>;

interface EveryOperation {
  readonly operation: Operation;
  /** A request that the contract takes. */
  readonly valid: TestRequest;
}

const id = '0b0e7a52-6f0c-4f7b-9a53-0d3e5f3f3f10';

const validRequest = (service: string, { method, path, request }: Operation): TestRequest => {
  const names = Object.keys(request.params?.properties ?? {});
  const body = bodies[service]?.[method === 'POST' ? 'create' : 'update'];
  return {
    method,
    path: path.replaceAll(/\{\w+\}/g, id),
    ...(names.length > 0 && { params: Object.fromEntries(names.map((name) => [name, id])) }),
    ...(request.body && { body }),
  };
};

/** Every operation of every service, PATCH too. */
export const everyOperation: readonly EveryOperation[] = Object.entries(apis).flatMap(([service, operations]) =>
  operations.map((operation) => ({ operation, valid: validRequest(service, operation) })),
);

/** PATCH shares PUT's function. */
const functionOf = ({ method, path, operationId }: Operation) =>
  everyOperation.find(({ operation }) => method === 'PATCH' && operation.method === 'PUT' && operation.path === path)
    ?.operation.operationId ?? operationId;

/** Calls an operation's pipeline, with its own validators, as a gateway would; `handle` stands for the handler. */
export const callerOf = async (operation: Operation, handle: Handle) => {
  const module = (await import(`@app/contracts/validators/${functionOf(operation)}`)) as Record<string, unknown>;
  const [validate] = Object.values(module) as [ValidatorsOf<Operation>];
  const handler = createHttpHandler({ operation, validate, handle });
  return async (eventOf: EventOf, request: TestRequest) => parsed(await handler(eventOf(request), lambdaContext()));
};
