import { createUnknownRouteHandler } from '@app/middleware';

export const handler = createUnknownRouteHandler();
