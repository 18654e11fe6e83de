import { deleteAsset } from '@app/contracts';
import { validateDeleteAsset } from '@app/contracts/validators/deleteAsset';
import { noContent, orNotFound } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { assets } from '../assets.ts';

export const handler = createHttpHandler({
  operation: deleteAsset,
  validate: validateDeleteAsset,
  handle: async ({ params: { assetId }, ifMatch }, { subject }) => {
    orNotFound(await assets.delete(subject, assetId, ifMatch), 'Asset', assetId);
    return noContent();
  },
});
