/** The esbuild plugins of serverless-esbuild: none but while it packages, so that nothing is slower on a laptop. */
const { execFileSync } = require('node:child_process');
const path = require('node:path');
const keepSourceMaps = require('./keepSourceMaps.cjs');

const root = path.join(__dirname, '../..');

/** The commit, with the tag it has or comes after; undefined where there is no repository. */
const commit = () => {
  try {
    const args = ['describe', '--always', '--dirty', '--tags'];
    return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
};

/**
 * Where a package's source maps are kept: `--package <folder>` takes all that is in .serverless along, theirs too; else
 * .serverless lasts until the next package, of whatever stage, and they have a folder for each stage.
 */
const folderOf = (serverless) =>
  serverless.processedInput.options.package
    ? path.join(serverless.serviceDir, '.serverless/source-maps')
    : path.join(root, '.sourcemaps', serverless.getProvider('aws').getStage());

module.exports = (serverless) => {
  if (!['package', 'deploy'].includes(serverless.processedInput.commands[0])) return [];
  const folder = path.join(folderOf(serverless), serverless.service.service);
  return [keepSourceMaps({ folder, root, about: { commit: commit(), packagedAt: new Date().toISOString() } })];
};
