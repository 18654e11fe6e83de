import { join } from 'node:path';
import type { BuildOptions } from 'esbuild';

const standIn = (file: string) => join(import.meta.dirname, 'standIns', file);

/**
 * What stands in for modules that cost more than functions use of them (decision 0002). Lambda hands credentials over in
 * the environment: the other providers are 135 KB and 10 ms. Nothing here reads an event stream, or asks DynamoDB for
 * endpoints.
 */
const standIns = {
  '@aws-sdk/credential-provider-node': standIn('environmentCredentials.mjs'),
  '@smithy/core/event-streams': standIn('noEventStreams.mjs'),
  'mnemonist/lru-cache': standIn('endpointCache.mjs'),
  'node:http': standIn('nodeHttp.mjs'),
};

/**
 * esbuild's options that functions are built with, by serverless-esbuild (packaging.ts), the local cloud and the bench: one
 * place, so that what is measured is what is deployed.
 */
export const buildOptions = () =>
  ({
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
  }) satisfies BuildOptions;
