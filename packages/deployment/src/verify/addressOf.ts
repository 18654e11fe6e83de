/** Where a call goes, and the host that it names. */
export interface Address {
  readonly url: URL;
  readonly host: string;
}

/**
 * The address of an API's URL. Under AWS_ENDPOINT_URL, where something stands in for AWS on this machine, that is the place
 * to call, and the API is told by its host: `<id>.execute-api.localhost`, the form that MiniStack and LocalStack know.
 */
export const addressOf = (apiUrl: string, env: NodeJS.ProcessEnv): Address => {
  const url = new URL(apiUrl.replace(/^ws/, 'http'));
  const endpoint = env['AWS_ENDPOINT_URL'];
  if (!endpoint) return { url, host: url.host };
  const local = new URL(endpoint);
  const [id = ''] = url.hostname.split('.');
  return { url: new URL(`${url.pathname}${url.search}`, local), host: `${id}.execute-api.localhost:${local.port}` };
};
