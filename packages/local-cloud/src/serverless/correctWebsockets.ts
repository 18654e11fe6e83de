import type { Serverless } from './types.ts';

interface WebsocketEvent {
  readonly requestContext?: { eventType?: string; routeKey?: string };
}
interface LambdaFunction {
  prototype: { setEvent(this: { functionName: string }, event: WebsocketEvent): void };
}

const routesByFunction = new Map<string, ReadonlySet<string>>();
let corrected = false;

const routesOf = ({ service: { functions } }: Serverless) =>
  new Set(
    Object.values(functions)
      .flatMap(({ events = [] }) => events)
      .flatMap(({ websocket }) => (websocket ? [typeof websocket === 'string' ? websocket : websocket.route] : [])),
  );

/**
 * A message whose action no route has reaches the function of `$default`; serverless-offline calls it by that action, API
 * Gateway by `$default`. From here on so does serverless-offline, with `offline` as the URL of its main module.
 */
export const correctWebsockets = async (serverless: Serverless, offline: URL) => {
  const routes = routesOf(serverless);
  for (const { name } of Object.values(serverless.service.functions)) if (name) routesByFunction.set(name, routes);
  if (corrected) return;
  corrected = true;
  const module = (await import(new URL('lambda/LambdaFunction.js', offline).href)) as { default: LambdaFunction };
  const { prototype } = module.default;
  const { setEvent } = prototype; // oxlint-disable-line typescript/unbound-method -- called with the function
  prototype.setEvent = function setCorrectedEvent(event) {
    const { requestContext } = event;
    const isUnmatched =
      requestContext?.eventType === 'MESSAGE' &&
      !routesByFunction.get(this.functionName)?.has(requestContext.routeKey ?? '');
    setEvent.call(
      this,
      isUnmatched ? { ...event, requestContext: { ...requestContext, routeKey: '$default' } } : event,
    );
  };
};
