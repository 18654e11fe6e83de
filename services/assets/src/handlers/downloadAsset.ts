import { downloadAsset } from '@app/contracts';
import { validateDownloadAsset } from '@app/contracts/validators/downloadAsset';
import { attachment, conflict, ok, orNotFound } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { assets } from '../assets.ts';
import { objects } from '../objects.ts';

export const handler = createHttpHandler({
  operation: downloadAsset,
  validate: validateDownloadAsset,
  handle: async ({ params: { assetId } }, { subject }) => {
    const asset = orNotFound(await assets.get(subject, assetId), 'Asset', assetId);
    if (asset.status !== 'uploaded')
      throw conflict(`Asset ${assetId} is ${asset.status}: there is nothing to download`);
    return ok(await objects.downloadUrl(asset.s3Key, attachment(asset.fileName)));
  },
});
