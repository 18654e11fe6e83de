import type { Version } from '@app/resource';
import type { Outcome } from './conditionalWrite.ts';
import { isExpired } from './expiry.ts';
import type { Hidden, Resource } from './resource.ts';

/** The owner's resource that a row is; undefined of no row, of another owner's, and of one that has expired. */
export const ownedIn = <T extends Resource>(
  row: Outcome['row'],
  { owner, now }: { readonly owner: string; readonly now: string },
): (T & Hidden) | undefined => {
  const resource = row as (T & Hidden) | undefined;
  return resource && resource.ownerId === owner && !isExpired(resource, now) ? resource : undefined;
};

/**
 * Whether a row has come in the place of what was asked for: a resource that is none of `ifMatch` under the same id, or a row
 * of nobody's, such as a hold on an id that has become free.
 */
export const hasReplaced = (row: Outcome['row'], ifMatch: readonly Version[] = []): boolean =>
  row !== undefined &&
  (row['ownerId'] === undefined || ifMatch.some(({ createdAt }) => createdAt !== row['createdAt']));
