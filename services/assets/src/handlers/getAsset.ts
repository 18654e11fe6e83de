import { getAsset } from '@app/contracts/operations/getAsset';
import { ok, orNotFound } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { assets } from '../assets/composition.ts';

export const handler = createHttpHandler(getAsset, async ({ params: { assetId } }, { subject }) =>
  ok(orNotFound(await assets.get(subject, assetId), 'Asset', assetId)),
);
