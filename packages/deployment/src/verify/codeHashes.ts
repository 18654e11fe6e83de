import { GetFunctionConfigurationCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { inParallel } from '../framework/inParallel.ts';

/** Hashes of code by the functions' names. */
export type Hashes = ReadonlyMap<string, string>;

const atOnce = 5; // Lambda's control plane takes 15 calls a second

/** What functions run now. A function that does not exist is left out. */
export const deployedHashes = async (client: LambdaClient, names: readonly string[]): Promise<Hashes> => {
  const read = async (name: string) => {
    try {
      const { CodeSha256 = '' } = await client.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
      return [[name, CodeSha256] as const];
    } catch (error) {
      if ((error as Error).name === 'ResourceNotFoundException') return [];
      throw error;
    }
  };
  return new Map((await inParallel(names, atOnce, read)).flat());
};

/** The functions that differ, by name: those that `expected` has otherwise than `found`, or that are not there. */
export const differing = (expected: Hashes, found: Hashes): string[] =>
  [...expected].filter(([name, hash]) => found.get(name) !== hash).map(([name]) => name);

/** Functions without the part that all of a service's names begin with: `notes-dev-getNote` → `getNote`. */
export const shortNames = (names: readonly string[], stack: string): string[] =>
  names.map((name) => (name.startsWith(`${stack}-`) ? name.slice(stack.length + 1) : name));
