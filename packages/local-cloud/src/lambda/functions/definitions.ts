import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Serverless } from '../../framework/types.ts';
import { functionEnvironment } from '../../process/environment.ts';
import type { FunctionDefinition } from './definition.ts';
import { functionEnvironmentOf } from './functionEnvironment.ts';

const defaultTimeout = 6; // seconds; the framework's
const defaultMemory = 1024; // megabytes; the framework's

/** Variables as Lambda takes them: text. One that a template would have made of resources and could not here is left out. */
const textsOf = (environment: Readonly<Record<string, unknown>> = {}) =>
  Object.fromEntries(
    Object.entries(environment)
      .filter(([, value]) => value !== null && value !== undefined && typeof value !== 'object')
      .map(([name, value]) => [name, String(value)]),
  );

interface DefinitionOptions {
  readonly codeFolder: string;
  /** `AWS_ENDPOINT_URL_…` of the local engines. */
  readonly endpoints: Readonly<Record<string, string>>;
  readonly region: string;
  /** Variables that functions find in place of what they would. */
  readonly over: Readonly<Record<string, string>>;
}

/** A service's functions. Throws, naming them, where the build has none of their handlers. */
export const functionDefinitions = (
  { service: { provider, functions } }: Serverless,
  { codeFolder, endpoints, region, over }: DefinitionOptions,
): FunctionDefinition[] => {
  const isBuilt = (handler: string) => existsSync(join(codeFolder, handler.replace(/\.\w+$/, '.mjs')));
  const missing = Object.entries(functions).filter(([, { handler }]) => handler && !isBuilt(handler));
  if (missing.length > 0) throw new Error(`No handler was built for ${missing.map(([name]) => name).join(', ')}.`);
  const powertools = functionEnvironment(process.env);
  return Object.values(functions).map((each) => {
    const { name = '', handler = '' } = each;
    const memorySize = each.memorySize ?? provider.memorySize ?? defaultMemory;
    const environment = { ...powertools, ...textsOf(provider.environment), ...textsOf(each.environment) };
    return {
      name,
      codeFolder,
      handler,
      memorySize,
      timeout: each.timeout ?? provider.timeout ?? defaultTimeout,
      environment: functionEnvironmentOf({
        codeFolder,
        functionName: name,
        memorySize,
        handler,
        region,
        endpoints,
        environment,
        over,
      }),
    };
  });
};
