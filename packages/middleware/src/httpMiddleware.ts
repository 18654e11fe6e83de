import type { HttpProblem } from '@app/http';
import type { MiddlewareObj, Request } from '@middy/core';
import type { Context } from 'aws-lambda';
import type { HttpEvent, HttpResult } from './httpEvent.ts';

/** What the pipeline keeps of one request, from its first hook to its last. */
interface RequestState extends Record<string, unknown> {
  startedAt: number;
  coldStart: boolean;
  requestBytes: number;
  problem?: HttpProblem;
}

export type HttpMiddleware = MiddlewareObj<HttpEvent, HttpResult, Error, Context, RequestState>;
export type MiddyRequest = Request<HttpEvent, HttpResult, Error, Context, RequestState>;
