import { downloadAsset } from '@app/contracts/operations/downloadAsset';
import { attachment, conflict, ok, orNotFound } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { assets } from '../assets/composition.ts';
import { objects } from '../objects/composition.ts';

export const handler = createHttpHandler(downloadAsset, async ({ params: { assetId } }, { subject }) => {
  const asset = orNotFound(await assets.get(subject, assetId), 'Asset', assetId);
  if (asset.status !== 'uploaded') throw conflict(`Asset ${assetId} is ${asset.status}: there is nothing to download`);
  return ok(await objects.downloadUrl(asset.s3Key, attachment(asset.fileName)));
});
