import { join } from 'node:path';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import * as formats from '../src/formats.ts';
import { assertSchema, createAjv } from './ajv.ts';

// Ajv's ESM output still calls `require` for its run-time helpers (ajv#2209): bundling inlines them.
const inlineHelpers = async (contents: string, resolveDir: string) => {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir, loader: 'js' },
    absWorkingDir: join(import.meta.dirname, '..'), // what is written must not hang on where it is run
    bundle: true,
    external: ['../../src/formats.ts'],
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
    .replaceAll(/, ?tagValue: ?\w+/g, '') // what a message says is nothing for a log
    .replaceAll(/schemaPath:"(?:[^"\\]|\\.)*",/g, '')
    .replaceAll(
      /const (err\d+) = \{instancePath(?::instancePath([^{}]+?))?,keyword:("[^"]+"),params:(\{.*?\})\};if\(vErrors === null\)\{vErrors = \[\1\];\}else \{vErrors\.push\(\1\);\}/g,
      'vErrors = failed(vErrors, instancePath$2, $3, $4);',
    );

const memberOf = (value: unknown, name: string) => (value as Readonly<Record<string, unknown>>)[name];

/** Lists of types and values stand in the code themselves: by a path into their schema they would keep all of it there. */
const withLists = (code: string, schemas: ReadonlyMap<string, unknown>) =>
  code.replaceAll(/(schema\d+)((?:\.\w+|\["[^"]*"\]|\[\d+\])+)/g, (_whole, name: string, path: string) => {
    const steps = [...path.matchAll(/\w+|(?<=")[^"]*(?=")/g)].map(([step]) => step);
    return JSON.stringify(steps.reduce(memberOf, schemas.get(name)));
  });

/** The schemas that compiled code refers to, by the names that Ajv has given them. */
const schemasIn = (ajv: ReturnType<typeof createAjv>, names: readonly string[]) => {
  const values = names.flatMap((name) => [...(ajv.getSchema(name)?.source?.scopeValues['schema'] ?? [])]);
  return new Map(values.map(({ str, value }) => [str, value?.ref]));
};

interface StandaloneModule {
  /** By the name of the validator that is made of each. */
  readonly schemas: Readonly<Record<string, object>>;
  /** What is exported, as code that may call the validators by their names. */
  readonly exported: string;
  /** Where Ajv can be found from. */
  readonly resolveDir: string;
}

/** Code of an ES module, for a folder in `generated/`. Throws when one of the schemas is not a JSON Schema. */
export const standaloneModule = async ({ schemas, exported, resolveDir }: StandaloneModule): Promise<string> => {
  const ajv = createAjv();
  for (const [name, schema] of Object.entries(schemas)) {
    assertSchema(schema);
    ajv.addSchema(schema, name);
  }
  const names = Object.fromEntries(Object.keys(schemas).map((name) => [name, name]));
  const validators = standaloneCode.default(ajv, names).replaceAll(/export const (\w+) = (\w+);/g, 'const $1 = $2;');
  const source = [
    `import { ${Object.keys(formats).join(', ')} } from '../../src/formats.ts';`,
    failed,
    validators,
    exported,
  ];
  const code = withLists(withoutWaste(source.join('\n')), schemasIn(ajv, Object.keys(names)));
  return inlineHelpers(code, resolveDir);
};
