/** What serverless-esbuild is told: how functions are built, everywhere, and that packaging them keeps their source maps. */
const path = require('node:path');
const buildOptions = require('./esbuild.cjs');

module.exports = () => {
  const { outExtension, ...options } = buildOptions();
  return {
    ...options,
    outputFileExtension: outExtension['.js'],
    exclude: [],
    watch: {
      pattern: ['src/**/*.ts', '../../packages/*/src/**/*.ts'],
      chokidar: { cwd: process.cwd(), ignoreInitial: true },
      ignore: ['.esbuild', '.serverless', 'node_modules'],
    },
    concurrency: 2,
    plugins: path.relative(process.cwd(), path.join(__dirname, 'sourceMaps.cjs')), // from the service's folder
  };
};
