import { updateAsset } from '@app/contracts';
import { validateUpdateAsset } from '@app/contracts/validators/updateAsset';
import { ok, orNotFound } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { assets } from '../assets.ts';

export const handler = createHttpHandler({
  operation: updateAsset,
  validate: validateUpdateAsset,
  handle: async ({ params: { assetId }, body, ifMatch }, { subject }) =>
    ok(orNotFound(await assets.rename(subject, assetId, body, ifMatch), 'Asset', assetId)),
});
