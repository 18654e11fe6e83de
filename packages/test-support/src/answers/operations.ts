import type { Operation } from '@app/contracts';
import { apis } from '@app/contracts/apis';
import { sampleApis } from '@app/contracts/samples';

const operations = [apis, sampleApis].flatMap((each) => Object.values(each).flat());

/** The operation of a function that was called with this method: PATCH shares PUT's function. */
export const operationOf = (operationId: string, method: string): Operation | undefined => {
  const served = operations.find((operation) => operation.operationId === operationId);
  return operations.find((operation) => operation.path === served?.path && operation.method === method);
};

const routes = operations.map((operation) => {
  const pattern = new RegExp(`^${operation.path.replaceAll(/\{\w+\}/g, '[^/]+')}/?$`);
  return { operation, pattern };
});

/** The operation behind a method and a path, if there is one. */
export const operationAt = (method: string, path: string): Operation | undefined =>
  routes.find(({ operation, pattern }) => operation.method === method && pattern.test(path))?.operation;
