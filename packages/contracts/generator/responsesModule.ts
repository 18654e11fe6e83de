import type { Operation } from '../src/operation.ts';
import { responsesOf } from '../src/responses.ts';
import { standaloneModule } from './standaloneModule.ts';

/** The module that judges an operation's answers: `responses` has a validator for each status, or null for no body. */
export const responsesModule = async (operation: Operation, resolveDir: string): Promise<string> => {
  const names = new Map<object, string>(); // most statuses share one schema: the problem
  const members = Object.entries(responsesOf(operation)).map(([status, schema]) => {
    if (schema && !names.has(schema)) names.set(schema, `status${status}`);
    return `${status}: ${schema ? names.get(schema) : 'null'}`;
  });
  const schemas = Object.fromEntries([...names].map(([schema, name]) => [name, schema]));
  return standaloneModule({ schemas, exported: `export const responses = { ${members.join(', ')} };`, resolveDir });
};
