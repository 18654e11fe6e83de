import { HttpProblem, problemTypes } from '@app/http';
import { methodOf, pathOf } from './httpEvent.ts';
import { httpPipeline } from './httpPipeline.ts';

/** What stands behind an HTTP API's `$default` route: a 404 in our shape for a route or method that no operation has. */
export const createUnknownRouteHandler = () =>
  httpPipeline({ operationId: 'unknownRoute', path: '/$default', request: {} }).handler(async (event) => {
    throw new HttpProblem(problemTypes.notFound, `There is no ${methodOf(event)} ${pathOf(event) || '/'}`);
  });
