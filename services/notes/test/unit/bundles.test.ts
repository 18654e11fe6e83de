import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { type BuildOptions, build } from 'esbuild';

const handlers = join(import.meta.dirname, '../../src/handlers');

/** As serverless-esbuild builds them: packages/serverless-config/esbuild.cjs. */
const { alias, conditions, mainFields } = (
  createRequire(import.meta.url)('@app/serverless-config/esbuild.cjs') as () => BuildOptions
)();

const inputsOf = async (file: string) => {
  const { metafile } = await build({
    entryPoints: [join(handlers, file)],
    bundle: true,
    metafile: true,
    format: 'esm',
    platform: 'node',
    ...(alias && { alias }),
    ...(conditions && { conditions }),
    ...(mainFields && { mainFields }),
    outdir: 'never-written',
    write: false,
  });
  return Object.keys(metafile.inputs);
};

const files = await readdir(handlers);

describe.each(files)('the bundle of %s', (file) => {
  it('has its own validator, if it has an operation, and no Ajv', async () => {
    const inputs = await inputsOf(file);

    const validators = inputs.filter((input) => /contracts\/generated\//.test(input)).map((input) => basename(input));
    expect(validators).toEqual([file.replace('.ts', '.js')].filter((name) => name !== 'unknownRoute.js'));
    expect(inputs.filter((input) => /node_modules\/(?:\.pnpm\/)?(?:ajv|json-schema-to-ts)[@/]/.test(input))).toEqual(
      [],
    );
  });
});
