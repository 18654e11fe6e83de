import { callGateway, type HttpAnswer } from '@app/test-support';
import { settled } from '@app/test-support/time';
import { creationOf } from './assetsApi.ts';

type Headers = Readonly<Record<string, string>>;

/** The API as a client of a URL sees it. */
export const assetsClient = (gateway: string) => {
  const send = (path: string, request: Parameters<typeof callGateway>[1] = {}) => callGateway(path, request, gateway);
  const get = (assetId: string) => send(`/assets/${assetId}`);
  const create = (body: unknown, headers: Headers = {}) => send('/assets', { method: 'POST', body, headers });
  return {
    get,
    create,
    /** A new asset with its upload. Throws what was answered instead. */
    anAsset: async (body: unknown, headers: Headers = {}) => {
      const answer = await create(body, headers);
      if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
      return creationOf(answer);
    },
    remove: (assetId: string) => send(`/assets/${assetId}`, { method: 'DELETE' }),
    /** The asset once it is pending no more, or as it is when the time is up. */
    judged: async (assetId: string): Promise<HttpAnswer['body']> =>
      (
        await settled(
          () => get(assetId),
          ({ body }) => body['status'] !== 'pending',
        )
      ).body,
  };
};
