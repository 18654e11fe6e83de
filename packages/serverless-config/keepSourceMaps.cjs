/** An esbuild plugin for serverless-esbuild's packaging: what a stack trace needs is kept beside the archives, not in them (decision 0009). */
const { copyFile, mkdir, readFile, rm, writeFile } = require('node:fs/promises');
const path = require('node:path');

/**
 * Makes a source map of every bundle, without a comment in the bundle that would have it read at run time, and moves it to
 * `folder` with a copy of its bundle: `src/handlers/x.mjs` and `x.mjs.map`, under the path that the bundle has in its
 * archive. Sources are named from `root`; `about`, whose build this is, goes into the map as `x_build`.
 */
module.exports = ({ folder, root, about }) => ({
  name: 'keep-source-maps',
  setup({ initialOptions: options, onEnd }) {
    Object.assign(options, { sourcemap: 'external', sourcesContent: false });
    const [entry] = options.entryPoints;
    const inArchive = entry.replace(/\.\w+$/, options.outExtension['.js']);
    const bundle = path.join(options.outdir, path.basename(inArchive));
    const kept = path.join(folder, inArchive);

    // Sources are URLs: a folder named C# is C%23 in them.
    const fromRoot = (source) => {
      const file = path.resolve(options.outdir, decodeURIComponent(source));
      return path.relative(root, file).split(path.sep).map(encodeURIComponent).join('/');
    };

    onEnd(async ({ errors }) => {
      if (errors.length > 0) return;
      const map = JSON.parse(await readFile(`${bundle}.map`, 'utf8'));
      await rm(`${bundle}.map`); // all that is left here goes into the archives
      await mkdir(path.dirname(kept), { recursive: true });
      await copyFile(bundle, kept);
      await writeFile(`${kept}.map`, JSON.stringify({ ...map, sources: map.sources.map(fromRoot), x_build: about }));
    });
  },
});
