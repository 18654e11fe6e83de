import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { apis } from '@app/contracts/apis';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type BuildOptions, build } from 'esbuild';

const services = join(import.meta.dirname, '../../../../services');

/** As serverless-esbuild builds them. */
const options = (createRequire(import.meta.url)('../../esbuild.cjs') as () => BuildOptions)();

const bundleOf = async (file: string) => {
  const { metafile, outputFiles } = await build({
    ...options,
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

/** Bytes that a bundle may have, by the dearest client in it. */
const limits = [
  ['client-s3', 450_000],
  ['client-sqs', 300_000],
  ['client-apigatewaymanagementapi', 300_000],
  ['client-dynamodb', 270_000],
] as const;

const limitOf = (inputs: readonly string[]) =>
  limits.find(([client]) => inputs.some((input) => input.includes(`/@aws-sdk/${client}/`)))?.[1] ?? 100_000;

const handlers: (readonly [service: string, file: string])[] = [];
for (const service of Object.keys(apis)) {
  for (const file of await readdir(join(services, service, 'src/handlers'))) handlers.push([service, file]);
}

const functionOf = (operationId: string) => operationId.replace(/^patch/, 'update');

/** The validator of the operation that a handler serves. */
const validatorsFor = (service: string, file: string) =>
  apis[service]?.some(({ operationId }) => `${functionOf(operationId)}.ts` === file)
    ? [file.replace('.ts', '.js')]
    : [];

describe.each(handlers)('the bundle of %s/%s', (service, file) => {
  let bundle: Awaited<ReturnType<typeof bundleOf>>;

  beforeAll(async () => {
    bundle = await bundleOf(join(services, service, 'src/handlers', file));
  });

  it('has its own validator, if it has an operation, and no Ajv', () => {
    const { inputs } = bundle;

    const validators = inputs.filter((input) => /contracts\/generated\//.test(input)).map((input) => basename(input));
    expect(validators).toEqual(validatorsFor(service, file));
    expect(inputs.filter((input) => /node_modules\/(?:\.pnpm\/)?(?:ajv|json-schema-to-ts)[@/]/.test(input))).toEqual(
      [],
    );
  });

  it('is small for what it needs', () => {
    expect(bundle.bytes).toBeLessThanOrEqual(limitOf(bundle.inputs));
  });

  it('imports node:http from nowhere: it would load all of fetch', () => {
    const { builtIns } = bundle;

    expect(builtIns).toContain('node:crypto');
    expect(builtIns.filter((path) => /^(?:node:)?http$/.test(path))).toEqual([]);
  });
});
