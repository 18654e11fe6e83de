import type { Asset, Upload } from '@app/contracts/assets';
import { httpApiEvent, lambdaContext, parsed, type TestRequest } from '@app/test-support';
import { handler as create } from '../../src/handlers/createAsset.ts';
import { handler as remove } from '../../src/handlers/deleteAsset.ts';
import { handler as download } from '../../src/handlers/downloadAsset.ts';
import { handler as get } from '../../src/handlers/getAsset.ts';
import { handler as list } from '../../src/handlers/listAssets.ts';
import { handler as update } from '../../src/handlers/updateAsset.ts';

type Headers = Readonly<Record<string, string>>;

export const aFile = { fileName: 'report.txt', contentType: 'text/plain', size: 5 };

/** The service's functions as one owner calls them through the gateway. Every caller is new: tests never meet. */
export const assetsApi = (subject: string = crypto.randomUUID()) => {
  const call = async (handler: typeof get, request: TestRequest) =>
    parsed(await handler(httpApiEvent({ subject, ...request }), lambdaContext()));
  const one = (assetId: string) => ({ path: `/assets/${assetId}`, params: { assetId } });
  const post = (body: unknown = aFile, headers: Headers = {}) =>
    call(create, { method: 'POST', path: '/assets', body, headers });
  return {
    subject,
    create: post,
    get: (assetId: string, headers: Headers = {}) => call(get, { ...one(assetId), headers }),
    download: (assetId: string) => call(download, { path: `/assets/${assetId}/download`, params: { assetId } }),
    list: (query = '') => call(list, { path: '/assets', query }),
    update: (assetId: string, body: unknown, headers: Headers = {}) =>
      call(update, { method: 'PUT', ...one(assetId), body, headers }),
    patch: (assetId: string, body: unknown) => call(update, { method: 'PATCH', ...one(assetId), body }),
    remove: (assetId: string, headers: Headers = {}) => call(remove, { method: 'DELETE', ...one(assetId), headers }),
    /** A new asset with its upload, as its owner sees them. */
    anAsset: async (fields: Partial<typeof aFile> = {}, headers: Headers = {}) =>
      creationOf(await post({ ...aFile, ...fields }, headers)),
    statusOf: async (assetId: string) => (await call(get, one(assetId))).body?.['status'],
  };
};

export const creationOf = ({ body }: { readonly body: unknown }) => body as { asset: Asset; upload: Upload };
