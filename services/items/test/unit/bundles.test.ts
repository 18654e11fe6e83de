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

const bundle = async (file: string) => {
  const { metafile, outputFiles } = await build({
    entryPoints: [join(handlers, file)],
    bundle: true,
    minify: true,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    ...(alias && { alias }),
    ...(conditions && { conditions }),
    ...(mainFields && { mainFields }),
    outdir: 'never-written',
    write: false,
  });
  return { inputs: Object.keys(metafile.inputs), bytes: outputFiles[0]?.contents.length ?? 0 };
};

const behindHttp = new Set(['createItem', 'deleteItem', 'getItem', 'getRequest', 'listItems', 'updateItem']);
const withoutStorage = new Set(['ping', 'unknownAction', 'unknownRoute']);

const files = (await readdir(handlers)).map((file) => basename(file, '.ts'));

describe.each(files)('the bundle of %s', (name) => {
  it('is small, and holds no more than the function needs', async () => {
    const { inputs, bytes } = await bundle(`${name}.ts`);

    const validators = inputs.filter((input) => input.includes('contracts/generated/')).map((input) => basename(input));
    expect(validators).toEqual(behindHttp.has(name) ? [`${name}.js`] : []);
    expect(inputs.filter((input) => /node_modules\/(?:\.pnpm\/)?(?:ajv|json-schema-to-ts)[@/]/.test(input))).toEqual(
      [],
    );
    expect(bytes).toBeLessThanOrEqual(withoutStorage.has(name) ? 100_000 : 300_000);
  });
});
