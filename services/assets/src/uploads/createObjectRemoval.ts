import { ContentionError } from '@app/resource';
import { assetIdOf } from '../objects/objectKey.ts';
import type { ObjectStore } from '../objects/objectStore.ts';
import type { IdHoldRepository } from './idHoldRepository.ts';

interface Dependencies {
  readonly holds: IdHoldRepository;
  readonly objects: Pick<ObjectStore, 'remove'>;
}

/** What became of an object: `kept` where a live asset has it. */
export type Removal = 'removed' | 'kept';

/**
 * Removes an object unless a live asset has it, and while none can come to have it. `delivery` is the event that asks for
 * it: the same event again goes on where it was cut off. Throws ContentionError while another holds the id.
 */
export const createObjectRemoval =
  ({ holds, objects }: Dependencies) =>
  async (s3Key: string, delivery: string): Promise<Removal> => {
    const assetId = assetIdOf(s3Key);
    const occupant = assetId === undefined ? undefined : await holds.take(assetId, delivery);
    if (occupant?.heldBy) throw new ContentionError(`${assetId} is held by ${occupant.heldBy}`);
    if (occupant?.s3Key === s3Key) return 'kept';
    await objects.remove(s3Key);
    if (assetId !== undefined && occupant === undefined) await holds.release(assetId, delivery);
    return 'removed';
  };

export type ObjectRemoval = ReturnType<typeof createObjectRemoval>;
