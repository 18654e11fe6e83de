import { join } from 'node:path';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import * as formats from '../src/formats.ts';
import { type Operation, patchOf } from '../src/operation.ts';
import { assertSchema, createAjv } from './ajv.ts';

/** The schema that a whole request must satisfy: a violation's path then begins with the part that it is in. */
export const requestSchema = ({ request: { params, query, body } }: Operation) => {
  const parts = Object.fromEntries(Object.entries({ params, query, body }).filter(([, part]) => part !== undefined));
  return { type: 'object', properties: parts, required: Object.keys(parts) };
};

export const validatorName = ({ operationId }: Operation) =>
  `validate${operationId[0]?.toUpperCase()}${operationId.slice(1)}`;

const methodsOf = (operation: Operation) =>
  operation.method === 'PUT' ? [operation, patchOf(operation)] : [operation];

// Ajv's ESM output still calls `require` for its run-time helpers (ajv#2209): bundling inlines them.
const inlineHelpers = async (contents: string, resolveDir: string) => {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir, loader: 'js' },
    absWorkingDir: join(import.meta.dirname, '..'), // what is written must not hang on where it is run
    bundle: true,
    external: ['../src/formats.ts'],
    format: 'esm',
    platform: 'node',
    treeShaking: true,
    write: false,
  });
  return outputFiles[0]?.text ?? '';
};

/** Reports a violation in one call; Ajv writes five lines each time, and a schema path that nobody reads. */
const failed = `const failed = (errors, instancePath, keyword, params) => {
  const all = errors ?? [];
  all.push({ instancePath, keyword, params });
  return all;
};`;

const withoutWaste = (code: string) =>
  code
    .replaceAll(/schemaPath:"(?:[^"\\]|\\.)*",/g, '')
    .replaceAll(
      /const (err\d+) = \{instancePath(?::instancePath([^{}]+?))?,keyword:("[^"]+"),params:(\{.*?\})\};if\(vErrors === null\)\{vErrors = \[\1\];\}else \{vErrors\.push\(\1\);\}/g,
      'vErrors = failed(vErrors, instancePath$2, $3, $4);',
    );

/** The module that validates the requests of an operation's function, and its declaration. */
export const validatorModule = async (operation: Operation, resolveDir: string) => {
  const ajv = createAjv();
  const methods = methodsOf(operation);
  for (const each of methods) {
    assertSchema(requestSchema(each));
    ajv.addSchema(requestSchema(each), each.method);
  }
  const compiled = standaloneCode.default(ajv, Object.fromEntries(methods.map(({ method }) => [method, method])));
  const source = [
    `import { ${Object.keys(formats).join(', ')} } from '../src/formats.ts';`,
    failed,
    compiled,
    `export const ${validatorName(operation)} = {`,
    `  operationId: ${JSON.stringify(operation.operationId)},`,
    `  validate: { ${methods.map(({ method }) => method).join(', ')} },`,
    `};`,
  ].join('\n');
  const code = await inlineHelpers(
    withoutWaste(source.replaceAll(/export const (GET|POST|PUT|PATCH|DELETE) =/g, 'const $1 =')),
    resolveDir,
  );
  const declaration = [
    `import type { ${operation.operationId}, ValidatorsOf } from '../src/index.ts';`,
    `export declare const ${validatorName(operation)}: ValidatorsOf<typeof ${operation.operationId}>;\n`,
  ].join('\n');
  return { code, declaration };
};
