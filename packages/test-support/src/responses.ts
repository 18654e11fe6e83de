interface Result {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A handler's result with its body parsed. */
export const parsed = ({ statusCode, headers, body }: Result) => ({
  status: statusCode,
  headers,
  body: body === undefined ? undefined : (JSON.parse(body) as Record<string, unknown>),
});
