import type { Creation, Page } from '@app/resource';

export interface HttpResponse<Status extends number = number, Body = unknown> {
  readonly statusCode: Status;
  readonly body: Body;
  readonly headers?: Readonly<Record<string, string>>;
  /** Where to go on: a path below the API's root, before which the pipeline puts a stage's own. */
  readonly location?: `/${string}`;
  /** The last key of a page that is not the last one: the pipeline makes `nextCursor` and `Link` of it. */
  readonly lastKey?: readonly string[] | undefined;
}

export const ok = <Body>(body: Body): HttpResponse<200, Body> => ({ statusCode: 200, body });

export const created = <Body>({ resource, replayed }: Creation<Body>): HttpResponse<201, Body> => ({
  statusCode: 201,
  body: resource,
  headers: replayed ? { 'Idempotency-Replayed': 'true' } : {},
});

/** The request is taken on, and will be carried out: `location` is where it can be followed. */
export const accepted = <Body>(body: Body, location: `/${string}`): HttpResponse<202, Body> => ({
  statusCode: 202,
  body,
  location,
});

export const noContent = (): HttpResponse<204, undefined> => ({ statusCode: 204, body: undefined });

type PageBody<Name extends string, T> = Record<Name, T[]> & { count: number; nextCursor?: string };

/** A page of resources under their name: `{ "notes": […], "count": n }`; the cursor is the pipeline's to add. */
export const page = <const Name extends string, T>(
  name: Name,
  { items, lastKey }: Page<T>,
): HttpResponse<200, PageBody<Name, T>> => ({
  statusCode: 200,
  body: { [name]: items, count: items.length } as PageBody<Name, T>,
  lastKey,
});
