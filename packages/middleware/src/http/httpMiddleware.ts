import type { MiddlewareObj, Request } from '@middy/core';
import type { HttpEvent, HttpResult } from './httpEvent.ts';

export type HttpMiddleware = MiddlewareObj<HttpEvent, HttpResult>;
export type MiddyRequest = Request<HttpEvent, HttpResult>;
