/** Who a request is from. Resources are owned by its subject. */
export interface Principal {
  readonly subject: string;
}

interface AuthorizedEvent {
  readonly requestContext: object;
}

/** What an authorizer of ours returned: under `lambda` from an HTTP API, bare from REST and WebSocket APIs. */
interface AuthorizerContext {
  readonly subject?: unknown;
  readonly lambda?: { readonly subject?: unknown };
}

/** The caller. Where a stage has no authorizer everyone is `public`; a caller cannot choose: only gateways write here. */
export const principal = ({ requestContext }: AuthorizedEvent): Principal => {
  const context = (requestContext as { authorizer?: AuthorizerContext }).authorizer;
  const subject = context?.lambda?.subject ?? context?.subject;
  return { subject: typeof subject === 'string' && subject !== '' ? subject : 'public' };
};
