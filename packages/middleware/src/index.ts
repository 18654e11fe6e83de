export { createHttpHandler, type HttpRequest } from './createHttpHandler.ts';
export { createUnknownRouteHandler } from './createUnknownRouteHandler.ts';
export type { HttpEvent, HttpResult } from './httpEvent.ts';
