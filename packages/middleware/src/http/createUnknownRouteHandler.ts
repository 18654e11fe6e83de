import { httpPipeline } from './httpPipeline.ts';
import { noRoute } from './noRoute.ts';

/** What stands behind an HTTP API's `$default` route: a 404 in our shape. */
export const createUnknownRouteHandler = () =>
  httpPipeline({ operationId: 'unknownRoute', path: '/$default', headers: [], hasBody: false }, async (event) => {
    throw noRoute(event);
  });
