import type { Serverless } from '../../framework/types.ts';

/** A route of a WebSocket API. */
export interface SocketRoute {
  readonly functionName: string;
  /** Whether what the function returns is sent to the caller. */
  readonly hasResponse: boolean;
}

/** Names that no message can choose. */
const reserved = new Set(['$connect', '$disconnect', '$default']);

/** The routes of a service's WebSocket API, by their keys. */
export const socketRoutesOf = ({ service: { functions } }: Pick<Serverless, 'service'>) =>
  new Map(
    Object.values(functions).flatMap(({ name = '', events = [] }) =>
      events.flatMap(({ websocket }): [string, SocketRoute][] => {
        if (!websocket) return [];
        const { route, routeResponseSelectionExpression } =
          typeof websocket === 'string' ? { route: websocket } : websocket;
        return [[route, { functionName: name, hasResponse: routeResponseSelectionExpression === '$default' }]];
      }),
    ),
  );

/** What a message is routed by: its `action`, where that names a route. Everything else is for `$default`. */
export const routeKeyOf = (body: string, routes: ReadonlyMap<string, SocketRoute>): string => {
  try {
    const { action } = (JSON.parse(body) ?? {}) as { action?: unknown };
    return typeof action === 'string' && !reserved.has(action) && routes.has(action) ? action : '$default';
  } catch {
    return '$default';
  }
};
