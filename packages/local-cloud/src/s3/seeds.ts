import { createReadStream, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Serverless } from '../framework/types.ts';
import type { Resolve } from '../template/resolver.ts';
import type { Store } from './store.ts';
import type { SeedObject } from './types.ts';

interface Seeds {
  readonly bucket: unknown;
  /** A list of `{ key, contentType, file }`; files are named from where the list is. */
  readonly source: string;
}

/** What new buckets begin with, by bucket: `custom.objectSeeds` of serverless.yml. */
export const seedObjectsOf = (
  { serviceDir, service: { custom } }: Pick<Serverless, 'serviceDir' | 'service'>,
  resolve: Resolve,
): Map<string, SeedObject[]> => {
  const seeds = (custom?.['objectSeeds'] ?? []) as unknown as readonly Seeds[];
  return new Map(
    seeds.map(({ bucket, source }) => {
      const list = join(serviceDir, source);
      const objects = JSON.parse(readFileSync(list, 'utf8')) as SeedObject[];
      return [
        String(resolve(bucket)),
        objects.map(({ key, contentType, file }) => ({ key, contentType, file: join(dirname(list), file) })),
      ];
    }),
  );
};

/** Puts seeds into a bucket, and tells nobody: their rows are seeded with them. */
export const writeSeeds = async (store: Store, bucket: string, seeds: readonly SeedObject[]): Promise<void> => {
  for (const { key, contentType, file: source } of seeds) {
    const stored = await store.write(createReadStream(source));
    store.catalog.put(bucket, {
      key,
      ...stored,
      modified: Date.now(),
      headers: JSON.stringify({ 'content-type': contentType }),
    });
  }
};
