import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { buildOptions } from '@app/serverless-config/buildOptions';
import { type BuildOptions, build } from 'esbuild';

const root = join(import.meta.dirname, '../../..');

/** The options that functions are packaged with: what is measured is what is deployed. */
export const packagingOptions = (): BuildOptions => ({
  ...buildOptions(),
  absWorkingDir: root,
});

export interface Bundle {
  readonly service: string;
  readonly name: string;
  readonly file: string;
  readonly bytes: number;
  /** The files that went into it. */
  readonly inputs: readonly string[];
}

const bundle = async (entry: string, outfile: string, overrides: BuildOptions = {}) => {
  const { metafile } = await build({
    ...packagingOptions(),
    ...overrides,
    entryPoints: [entry],
    outfile,
    metafile: true,
  });
  return { bytes: (await stat(outfile)).size, inputs: Object.keys(metafile.inputs) };
};

/** Every function of every service as it is deployed: one bundle each. */
export const bundleFunctions = async (folder: string): Promise<Bundle[]> => {
  const bundles: Bundle[] = [];
  for (const service of await readdir(join(root, 'services'))) {
    const handlers = join(root, 'services', service, 'src/handlers');
    for (const source of await readdir(handlers)) {
      const name = source.replace(/\.ts$/, '');
      const file = join(folder, service, `${name}.mjs`);
      bundles.push({ service, name, file, ...(await bundle(join(handlers, source), file)) });
    }
  }
  return bundles;
};

/** A probe of this package, bundled the same way; the bare ones with the whole SDK, as a handler without our options has it. */
export const bundleProbe = async (name: string, folder: string, overrides: BuildOptions = {}) => {
  const file = join(folder, 'probes', `${name}.mjs`);
  await bundle(join(import.meta.dirname, '../probes', `${name}.ts`), file, overrides);
  return file;
};
