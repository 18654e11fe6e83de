import type { Serverless } from './types.ts';

/**
 * Stands in for serverless-esbuild while services are loaded: the local cloud builds functions by itself (build.ts), and
 * the plugin, which packages them for deployments, costs a second and 110 MB to load. Like the plugin, it lets a function
 * have `skipEsbuild`.
 */
export function PackagingStandIn({ configSchemaHandler }: Serverless) {
  configSchemaHandler.defineFunctionProperties('aws', {
    properties: { skipEsbuild: { type: 'boolean' } },
  });
}
