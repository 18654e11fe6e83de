/** esbuild's options that functions are built with, by serverless-esbuild (packaging.cjs), the local cloud and the bench: one place, so that what is measured is what is deployed. */
const path = require('node:path');

/**
 * What stands in for modules that cost more than functions use of them (decision 0002). Lambda hands credentials over in
 * the environment: the other providers are 135 KB and 10 ms. Nothing here reads an event stream, or asks DynamoDB for
 * endpoints.
 */
const standIns = {
  '@aws-sdk/credential-provider-node': path.join(__dirname, 'environmentCredentials.mjs'),
  '@smithy/core/event-streams': path.join(__dirname, 'noEventStreams.mjs'),
  'mnemonist/lru-cache': path.join(__dirname, 'endpointCache.mjs'),
  'node:http': path.join(__dirname, 'nodeHttp.mjs'),
};

module.exports = () => ({
  absWorkingDir: process.cwd(),
  bundle: true,
  minify: true,
  keepNames: false,
  treeShaking: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  mainFields: ['module', 'main'],
  conditions: ['module', 'import'],
  alias: standIns,
  sourcemap: false,
  legalComments: 'none',
  outExtension: { '.js': '.mjs' },
  banner: {
    js: "import { createRequire as __cr } from 'node:module';const require = __cr(import.meta.url);",
  },
});
