import { createAsset } from '@app/contracts';
import { validateCreateAsset } from '@app/contracts/validators/createAsset';
import { created, entityTagOf } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { assertAllowedSize } from '../assetSize.ts';
import { beginAsset } from '../creation.ts';
import { objects } from '../objects.ts';

export const handler = createHttpHandler({
  operation: createAsset,
  validate: validateCreateAsset,
  handle: async ({ body, identity }, { subject }) => {
    assertAllowedSize(body.size);
    const creation = await beginAsset(subject, body, identity);
    const asset = creation.resource;
    const upload = asset.status === 'pending' ? await objects.uploadUrl(asset) : undefined;
    const { headers, ...answer } = created({ ...creation, resource: { asset, ...(upload && { upload }) } });
    return { ...answer, headers: { ...headers, ETag: entityTagOf(asset) } };
  },
});
