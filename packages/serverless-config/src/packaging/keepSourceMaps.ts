import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { Plugin } from 'esbuild';

interface KeepOptions {
  /** Where source maps go. */
  readonly folder: string;
  /** Sources are named from here. */
  readonly root: string;
  /** Whose build this is: goes into the map as `x_build`. */
  readonly about: { readonly commit: string | undefined; readonly packagedAt: string };
}

/**
 * An esbuild plugin for serverless-esbuild's packaging: what a stack trace needs is kept beside the archives, not in them
 * (decision 0009). Makes a source map of every bundle, without a comment in the bundle that would have it read at run time,
 * and moves it to `folder` with a copy of its bundle: `src/handlers/x.mjs` and `x.mjs.map`, under the path that the bundle
 * has in its archive.
 */
export const keepSourceMaps = ({ folder, root, about }: KeepOptions): Plugin => ({
  name: 'keep-source-maps',
  setup(build) {
    const { initialOptions: options } = build;
    Object.assign(options, { sourcemap: 'external', sourcesContent: false });
    const { entryPoints, outdir = '', outExtension = {} } = options;
    const [entry = ''] = entryPoints as string[]; // serverless-esbuild builds one function at a time
    const inArchive = entry.replace(/\.\w+$/, outExtension['.js'] ?? '.js');
    const bundle = join(outdir, basename(inArchive));
    const kept = join(folder, inArchive);

    // Sources are URLs: a folder named C# is C%23 in them.
    const fromRoot = (source: string) => {
      const file = resolve(outdir, decodeURIComponent(source));
      return relative(root, file).split(sep).map(encodeURIComponent).join('/');
    };

    build.onEnd(async ({ errors }) => {
      if (errors.length > 0) return;
      const map = JSON.parse(await readFile(`${bundle}.map`, 'utf8')) as { readonly sources: readonly string[] };
      await rm(`${bundle}.map`); // all that is left here goes into the archives
      await mkdir(dirname(kept), { recursive: true });
      await copyFile(bundle, kept);
      await writeFile(`${kept}.map`, JSON.stringify({ ...map, sources: map.sources.map(fromRoot), x_build: about }));
    });
  },
});
