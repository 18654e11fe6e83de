export { backoff } from './backoff.ts';
export { createHttpHandler, type HttpRequest } from './createHttpHandler.ts';
export { createObjectEventHandler, type ObjectEvent } from './createObjectEventHandler.ts';
export { createQueueHandler, maxReceives, UnreadableMessageError } from './createQueueHandler.ts';
export { createSocketHandler, type SocketRequest, socketError, unknownAction } from './createSocketHandler.ts';
export { createStreamHandler, type RowChange } from './createStreamHandler.ts';
export { createUnknownRouteHandler } from './createUnknownRouteHandler.ts';
export type { HttpEvent, HttpResult } from './httpEvent.ts';
export { toProblem } from './problemResponse.ts';
