import { createAsset } from '@app/contracts/operations/createAsset';
import { created, entityTagOf } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { objects } from '../objects/composition.ts';
import { assertAllowedSize } from '../uploads/assertAllowedSize.ts';
import { beginAsset } from '../uploads/composition.ts';

export const handler = createHttpHandler(createAsset, async ({ body, identity }, { subject }) => {
  assertAllowedSize(body.size);
  const creation = await beginAsset(subject, body, identity);
  const asset = creation.resource;
  const upload = asset.status === 'pending' ? await objects.uploadUrl(asset) : undefined;
  const { headers, ...answer } = created({ ...creation, resource: { asset, ...(upload && { upload }) } });
  return { ...answer, headers: { ...headers, ETag: entityTagOf(asset) } };
});
