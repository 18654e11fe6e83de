/** Whether all is there that a start needs. Looking takes milliseconds; asking pnpm takes seconds. */
const { existsSync, readdirSync, readFileSync, realpathSync, statSync } = require('node:fs');
const { dirname, join } = require('node:path');

const platform = `${process.platform}-${process.arch}`;

const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\r\n', '\n') : undefined);
const manifestOf = (folder) => JSON.parse(read(join(folder, 'package.json')) ?? '{}');
const isProgram = (file) => (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0;

/** Where the pinned Node lies in a checkout. */
const nodeOf = (root) => ['node', 'node.exe'].map((name) => join(root, 'node_modules/node/bin', name)).find(isProgram);

const workspacesOf = (root) =>
  ['packages', 'services']
    .map((kind) => join(root, kind))
    .filter(existsSync)
    .flatMap((kind) => readdirSync(kind).map((name) => join(kind, name)))
    .filter((folder) => existsSync(join(folder, 'package.json')));

/** An optional dependency that is named for a platform is needed on that one only. */
const needsOf = (manifest) => [
  ...Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }),
  ...Object.keys(manifest.optionalDependencies ?? {}).filter((name) => name.endsWith(platform)),
];

const missingLinks = (folder) =>
  needsOf(manifestOf(folder))
    .map((name) => join(folder, 'node_modules', name))
    .filter((link) => !existsSync(join(link, 'package.json')));

/** esbuild's own binary is a package of its own, beside it. */
const hasEsbuild = (root) => {
  const beside = join(dirname(realpathSync(join(root, 'node_modules/esbuild'))), '@esbuild', platform);
  return (
    !existsSync(dirname(beside)) || isProgram(join(beside, 'bin/esbuild')) || isProgram(join(beside, 'esbuild.exe'))
  );
};

/** What is missing, in words; undefined when nothing is. */
const findMissing = (root) => {
  const lockfile = read(join(root, 'node_modules/.pnpm/lock.yaml'));
  if (lockfile === undefined || !existsSync(join(root, 'node_modules/.modules.yaml'))) return 'an installation';
  if (lockfile !== read(join(root, 'pnpm-lock.yaml'))) return 'what the lockfile has since the last installation';
  const [link] = [root, ...workspacesOf(root)].flatMap(missingLinks);
  if (link) return link;
  if (!hasEsbuild(root)) return 'esbuild';
  return nodeOf(root) ? undefined : 'node';
};

module.exports = { findMissing, nodeOf };
