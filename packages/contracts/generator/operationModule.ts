import { describeOperation } from '../src/compiledOperation.ts';
import { type Operation, patchOf } from '../src/operation.ts';
import { standaloneModule } from './standaloneModule.ts';

/** The schema that a whole request must satisfy: a violation's path then begins with the part that it is in. */
export const requestSchema = ({ request: { params, query, body } }: Operation) => {
  const parts = Object.fromEntries(Object.entries({ params, query, body }).filter(([, part]) => part !== undefined));
  return { type: 'object', properties: parts, required: Object.keys(parts) };
};

const methodsOf = (operation: Operation) =>
  operation.method === 'PUT' ? [operation, patchOf(operation)] : [operation];

/** The module that a function imports its operation from, and its declaration. The contract is exported by `contractFile`. */
export const operationModule = async (operation: Operation, contractFile: string, resolveDir: string) => {
  const { operationId } = operation;
  const schemas = Object.fromEntries(methodsOf(operation).map((each) => [each.method, requestSchema(each)]));
  const members = Object.entries(describeOperation(operation)).map(
    ([name, value]) => `${name}: ${JSON.stringify(value)}`,
  );
  const exported = `export const ${operationId} = {
    ${members.join(',\n')},
    validate: { ${Object.keys(schemas).join(', ')} },
  };`;
  const code = await standaloneModule({ schemas, exported, resolveDir });
  const declaration = [
    `import type { CompiledOperation } from '../../src/compiledOperation.ts';`,
    `import type { ${operationId} as contract } from '${contractFile}';`,
    `export declare const ${operationId}: CompiledOperation<typeof contract>;\n`,
  ].join('\n');
  return { code, declaration };
};
