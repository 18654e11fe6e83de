import { ContentionError } from '@app/resource';
import type { AssetRepository, AssetRow } from '../assets/assetRepository.ts';
import { assetIdOf } from '../objects/objectKey.ts';
import type { ObjectStore, StoredObject } from '../objects/objectStore.ts';
import type { ObjectRemoval } from './createObjectRemoval.ts';

interface Dependencies {
  readonly assets: Pick<AssetRepository, 'find' | 'settle'>;
  readonly objects: Pick<ObjectStore, 'find' | 'remove'>;
  readonly removeObject: ObjectRemoval;
}

const isAsDeclared = (object: StoredObject, asset: AssetRow) =>
  object.size === asset.size && object.contentType === asset.contentType;

/** One PUT, encrypted with S3's own keys: then the entity tag is the MD5 of the bytes. */
const checksumOf = ({ etag }: StoredObject) => `md5:${etag.replaceAll('"', '')}`;

/**
 * Judges the object that is under a key now. An event that comes twice, or late, changes nothing more. Resolves to an
 * outcome for the log, e.g. `uploaded`. Conditions on the row decide races: throws ContentionError to the loser, who must
 * look again.
 */
export const createUploadConfirmation = ({ assets, objects, removeObject }: Dependencies) => {
  const settle = async (asset: AssetRow, outcome: Parameters<typeof assets.settle>[1]) => {
    if (!(await assets.settle(asset, outcome))) throw new ContentionError(`${asset.assetId} has changed`);
  };

  const fail = async (asset: AssetRow, { etag }: StoredObject) => {
    if (asset.status !== 'failed') await settle(asset, { status: 'failed' }); // first: from here on no upload counts
    await objects.remove(asset.s3Key, etag);
    return 'failed';
  };

  const confirm = async (asset: AssetRow, object: StoredObject) => {
    const checksum = checksumOf(object);
    if (asset.status !== 'uploaded' || asset.checksum !== checksum)
      await settle(asset, { status: 'uploaded', checksum, uploadedAt: new Date().toISOString() });
    return 'uploaded';
  };

  return async (s3Key: string, delivery: string): Promise<string> => {
    const object = await objects.find(s3Key);
    if (!object) return 'gone';
    const assetId = assetIdOf(s3Key);
    const asset = assetId === undefined ? undefined : await assets.find(assetId);
    if (asset?.s3Key !== s3Key) return removeObject(s3Key, delivery);
    const isOwn = (object.uploadedFor ?? asset.createdAt) === asset.createdAt;
    if (!isOwn && asset.status === 'pending') return 'superseded'; // its own upload will lie over it, or its removal take it
    return asset.status !== 'failed' && isOwn && isAsDeclared(object, asset)
      ? confirm(asset, object)
      : fail(asset, object);
  };
};
