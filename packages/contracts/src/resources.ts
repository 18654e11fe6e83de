import { join } from 'node:path';
import { contractFiles } from './contractFiles.ts';
import type { Schema } from './schema.ts';

/** A schema that a contract exports of a resource. */
export interface NamedResource {
  /** What the contract exports it as. */
  readonly name: string;
  readonly schema: Schema;
}

/** A schema with a version and the time of its creation describes a resource, which a table can hold. */
const isResource = (value: unknown): value is Schema => {
  const { properties } = (value ?? {}) as { readonly properties?: object };
  return properties !== undefined && 'version' in properties && 'createdAt' in properties;
};

/** The resources of a folder's contracts, by the name of the file that exports them. */
export const resourcesIn = async (folder: string): Promise<Readonly<Record<string, readonly NamedResource[]>>> =>
  Object.fromEntries(
    (await contractFiles(folder)).map(({ name, exported }) => [
      name,
      Object.entries(exported).flatMap(([exportName, value]) =>
        isResource(value) ? [{ name: exportName, schema: value }] : [],
      ),
    ]),
  );

/** Every service's resources. For the generator and checks. */
export const resources = await resourcesIn(join(import.meta.dirname, 'services'));
