import { startLocalCloud } from '@app/local-cloud';

declare global {
  var localCloud: Awaited<ReturnType<typeof startLocalCloud>> | undefined;
}

/** A local cloud of the run's own: free ports, its own data. AWS_ENDPOINT_URL_DYNAMODB, if set, names another engine. */
const startCloud = async () => {
  globalThis.localCloud = await startLocalCloud();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: globalThis.localCloud.endpoints.dynamodb,
    GATEWAY_URL: globalThis.localCloud.urls.gateway,
  });
};

export default startCloud;
