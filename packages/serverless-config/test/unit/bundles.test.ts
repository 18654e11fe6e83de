import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { apis } from '@app/contracts/apis';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { buildOptions } from '../../src/packaging/buildOptions.ts';
import { bundleLimit } from '../../src/packaging/bundleLimits.ts';

const services = join(import.meta.dirname, '../../../../services');

const bundleOf = async (file: string) => {
  const { metafile, outputFiles } = await build({
    ...buildOptions(), // as serverless-esbuild builds them
    entryPoints: [file],
    metafile: true,
    outdir: 'never-written',
    write: false,
  });
  return {
    inputs: Object.keys(metafile.inputs),
    bytes: outputFiles[0]?.contents.length,
    builtIns: Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path)),
  };
};

const handlers: (readonly [service: string, file: string])[] = [];
for (const service of Object.keys(apis)) {
  for (const file of await readdir(join(services, service, 'src/handlers'))) handlers.push([service, file]);
}

const functionOf = (operationId: string) => operationId.replace(/^patch/, 'update');

/** The generated module of the operation that a handler serves. */
const operationsFor = (service: string, file: string) =>
  apis[service]?.some(({ operationId }) => `${functionOf(operationId)}.ts` === file)
    ? [file.replace('.ts', '.js')]
    : [];

describe.each(handlers)('the bundle of %s/%s', (service, file) => {
  let bundle: Awaited<ReturnType<typeof bundleOf>>;

  beforeAll(async () => {
    bundle = await bundleOf(join(services, service, 'src/handlers', file));
  });

  it('has its own operation, if it serves one, and no Ajv', () => {
    const { inputs } = bundle;

    const operations = inputs
      .filter((input) => /contracts\/generated\/operations\//.test(input))
      .map((input) => basename(input));
    expect(operations).toEqual(operationsFor(service, file));
    expect(inputs.filter((input) => /node_modules\/(?:\.pnpm\/)?(?:ajv|json-schema-to-ts)[@/]/.test(input))).toEqual(
      [],
    );
  });

  it('has no schemas: they are for the compiler and for tests', () => {
    expect(bundle.inputs.filter((input) => /contracts\/src\/services\//.test(input))).toEqual([]);
  });

  it('is small for what it needs', () => {
    expect(bundle.bytes).toBeLessThanOrEqual(bundleLimit(bundle.inputs));
  });

  it('imports node:http from nowhere: it would load all of fetch', () => {
    const { builtIns } = bundle;

    expect(builtIns).toContain('node:crypto');
    expect(builtIns.filter((path) => /^(?:node:)?http$/.test(path))).toEqual([]);
  });
});
