import { join, relative } from 'node:path';
import { buildOptions } from './buildOptions.ts';

/** serverless-esbuild loads plugins from a file, by its path from the service's folder. */
const plugins = join(import.meta.dirname, '../../sourceMaps.cjs');

/** What serverless-esbuild is told: how functions are built, everywhere, and that packaging them keeps their source maps. */
export const packaging = () => {
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
    plugins: relative(process.cwd(), plugins),
  };
};
