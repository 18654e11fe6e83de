import { deleteAsset } from '@app/contracts/operations/deleteAsset';
import { noContent, orNotFound } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { assets } from '../assets/composition.ts';

export const handler = createHttpHandler(deleteAsset, async ({ params: { assetId }, ifMatch }, { subject }) => {
  orNotFound(await assets.delete(subject, assetId, ifMatch), 'Asset', assetId);
  return noContent();
});
