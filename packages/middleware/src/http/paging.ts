import type { CompiledOperation } from '@app/contracts';
import { type CursorScope, decodeCursor, encodeCursor, type HttpResponse } from '@app/http';
import { type HttpEvent, pathOf } from './httpEvent.ts';

type Query = Readonly<Record<string, unknown>> & { readonly limit?: number; readonly cursor?: string };

const nextCursorOf = (body: unknown) => (body as { readonly nextCursor?: string } | undefined)?.nextCursor;

/** The page that a request asks for, and how to lead on from it. Filters belong to the cursor's scope, `limit` does not. */
export const paging = (
  event: HttpEvent,
  { operationId }: Pick<CompiledOperation, 'operationId'>,
  owner: string,
  query: Query,
) => {
  const { limit = 0, cursor, ...given } = query;
  // The same filters in another order are the same list.
  const filters = Object.fromEntries(Object.entries(given).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const scope: CursorScope = [operationId, owner, filters];
  const linkTo = (nextCursor: string) => {
    const parameters = new URLSearchParams(
      Object.entries({ ...filters, limit, cursor: nextCursor }).map(([name, value]): [string, string] => [
        name,
        String(value),
      ]),
    );
    return `<${pathOf(event)}?${parameters.toString()}>; rel="next"`;
  };
  return {
    page: { limit, after: cursor === undefined ? undefined : decodeCursor(scope, cursor) },
    /** The cursor is made here, unless the page was made elsewhere and has brought its own. */
    withNext: (response: HttpResponse): HttpResponse => {
      const nextCursor = response.lastKey ? encodeCursor(scope, response.lastKey) : nextCursorOf(response.body);
      if (nextCursor === undefined) return response;
      return {
        ...response,
        body: { ...(response.body as object), nextCursor },
        headers: { ...response.headers, Link: linkTo(nextCursor) },
      };
    },
  };
};
