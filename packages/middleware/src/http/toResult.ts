import { entityTagOf, type HttpResponse, isNoneMatch } from '@app/http';
import type { Version } from '@app/resource';
import { type HttpEvent, type HttpResult, headerOf, methodOf } from './httpEvent.ts';

const isVersioned = (body: unknown): body is Version =>
  typeof body === 'object' && body !== null && 'version' in body && 'createdAt' in body;

/**
 * A handler's response as the gateway takes it: JSON, the entity tag of a resource, 304 where the caller has it already.
 */
export const toResult = (event: HttpEvent, { statusCode, body, headers }: HttpResponse): HttpResult => {
  const entityTag = isVersioned(body) ? entityTagOf(body) : undefined;
  const isRead = methodOf(event) === 'GET' && entityTag !== undefined;
  const result: HttpResult = {
    statusCode,
    headers: {
      ...headers,
      ...(entityTag && { ETag: entityTag }),
      ...(isRead && { 'Cache-Control': 'private, no-cache' }),
    },
  };
  if (isRead && !isNoneMatch(headerOf(event, 'If-None-Match'), entityTag)) return { ...result, statusCode: 304 };
  if (body === undefined) return result;
  result.headers['Content-Type'] = 'application/json';
  return { ...result, body: JSON.stringify(body) };
};
