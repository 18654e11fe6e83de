import { mergePatchOf } from './changes.ts';
import type { Schema, TypeOf } from './schema.ts';

/** Request headers that an operation gives a meaning to; the pipeline reads them (docs/architecture.md). */
export type RequestHeader = 'Idempotency-Key' | 'If-Match' | 'If-None-Match' | 'Prefer';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * One HTTP operation in OpenAPI's terms: the single source of its types, of the validator of its requests, and of what
 * tests judge its answers by.
 */
export interface Operation {
  readonly operationId: string;
  readonly method: Method;
  readonly path: `/${string}`;
  readonly summary: string;
  readonly request: {
    readonly params?: Schema;
    readonly query?: Schema;
    readonly headers?: readonly RequestHeader[];
    readonly body?: Schema;
  };
  /** What each status carries; `null` is no body. Problems that every operation may answer with are in responses.ts. */
  readonly responses: { readonly [statusCode: number]: Schema | null };
}

/** The parts of a request as a handler gets them: validated, defaults filled in, times and ids in canonical form. */
export type RequestOf<O extends Operation> = {
  [Part in Extract<keyof O['request'], 'params' | 'query' | 'body'>]: TypeOf<O['request'][Part]>;
};

type SuccessStatus = 200 | 201 | 202 | 204;

/** What a handler may return: the documented successes. Refusals are thrown. */
export type ResponseOf<O extends Operation> = {
  [Status in Extract<keyof O['responses'], SuccessStatus>]: {
    readonly statusCode: Status;
    readonly body: O['responses'][Status] extends Schema<infer Body> ? Body : undefined;
  };
}[Extract<keyof O['responses'], SuccessStatus>];

// @__NO_SIDE_EFFECTS__
export const defineOperation = <const O extends Operation>(operation: O): O => operation;

/** PATCH shares PUT's function: `updateNote` is `patchNote` when the body is a merge patch. */
export const patchOf = (update: Operation): Operation => {
  if (update.method !== 'PUT' || !update.request.body) throw new Error(`${update.operationId} is no update`);
  return {
    ...update,
    operationId: update.operationId.replace(/^update/, 'patch'),
    method: 'PATCH',
    request: { ...update.request, body: mergePatchOf(update.request.body) },
  };
};

/** The media type of the body that a method takes. */
export const mediaTypeOf = (method: string) =>
  method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
