import { getAsset } from '@app/contracts';
import { validateGetAsset } from '@app/contracts/validators/getAsset';
import { ok, orNotFound } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { assets } from '../assets.ts';

export const handler = createHttpHandler({
  operation: getAsset,
  validate: validateGetAsset,
  handle: async ({ params: { assetId } }, { subject }) =>
    ok(orNotFound(await assets.get(subject, assetId), 'Asset', assetId)),
});
