interface HttpRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, under the content type that goes with the method. */
  readonly body?: unknown;
}

const contentType = (method: string) => (method === 'PATCH' ? 'application/merge-patch+json' : 'application/json');

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** Calls a path of a gateway, the running stack's if no other is named, as a client of its API would. */
export const callGateway = async (
  path: string,
  { method = 'GET', headers = {}, body }: HttpRequest = {},
  gateway = process.env['GATEWAY_URL'],
): Promise<HttpAnswer> => {
  const response = await fetch(new URL(path, gateway), {
    method,
    headers: body === undefined ? headers : { 'content-type': contentType(method), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
  };
};
