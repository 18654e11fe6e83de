import type { HapiServer } from './hapi.ts';
import type { Serverless } from './types.ts';

/** An HTTP API tells `/notes/` from `/notes`; a REST API, and serverless-offline always, take the one for the other. */
export const correctTrailingSlash = ({ settings }: HapiServer, { service: { functions } }: Serverless) => {
  const isHttpApi = Object.values(functions).some(({ events = [] }) => events.some(({ httpApi }) => httpApi));
  settings.router.stripTrailingSlash = !isHttpApi;
};
