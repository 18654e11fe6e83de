import { updateAsset } from '@app/contracts/operations/updateAsset';
import { ok, orNotFound } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { assets } from '../assets/composition.ts';

export const handler = createHttpHandler(updateAsset, async ({ params: { assetId }, body, ifMatch }, { subject }) =>
  ok(orNotFound(await assets.rename(subject, assetId, body, ifMatch), 'Asset', assetId)),
);
