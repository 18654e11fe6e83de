/** What serverless-esbuild is told: how functions are built, everywhere, and that packaging them keeps their source maps. */
const path = require('node:path');
const buildOptions = require('./esbuild.cjs');

module.exports = () => ({
  ...buildOptions(),
  plugins: path.relative(process.cwd(), path.join(__dirname, 'sourceMaps.cjs')), // from the service's folder
});
