import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { PackagingStandIn } from '../../../src/framework/packagingStandIn.ts';
import type { Serverless } from '../../../src/framework/types.ts';

const require = createRequire(import.meta.url);

type Plugin = new (serverless: Serverless, options: object) => { readonly hooks?: Readonly<Record<string, unknown>> };

const load = (plugin: unknown) => {
  const defined: unknown[] = [];
  const serverless = {
    service: { provider: { name: 'aws' } },
    config: { serviceDir: import.meta.dirname },
    cli: { log: () => {} },
    configSchemaHandler: {
      defineFunctionProperties: (...definition: unknown[]) => void defined.push(definition),
    },
  } as unknown as Serverless;
  const { hooks = {} } = new (plugin as Plugin)(serverless, {});
  return { defined, hooks: Object.keys(hooks) };
};

describe('the stand-in for serverless-esbuild', () => {
  it('makes valid what the plugin makes valid, and hooks into nothing', () => {
    const plugin = load(require('serverless-esbuild'));
    const standIn = load(PackagingStandIn);

    expect(standIn).toEqual({ defined: plugin.defined, hooks: [] });
    expect(plugin.hooks).not.toEqual([]);
  });

  it('is needed as long as the plugin loads Effect', () => {
    const { dependencies } = require('serverless-esbuild/package.json') as { dependencies: object };

    expect(Object.keys(dependencies)).toContain('@effect/schema');
  });
});
