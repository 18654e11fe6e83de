/** The little of hapi, which serverless-offline answers with, that is put right here. */
export type Headers = Record<string, string | string[] | undefined>;
export interface HapiResponse {
  source: unknown;
  statusCode: number;
  readonly isBoom?: boolean;
  readonly headers: Headers;
  readonly output: { headers: Headers };
}
export interface HapiRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string | undefined>;
  /** Node's own request, whose fields serverless-offline makes events of. */
  readonly raw: { readonly req: { readonly rawHeaders: string[] } };
  readonly app: { corsOfFunction?: Headers };
  readonly response: HapiResponse;
}
interface HapiToolkit {
  readonly continue: symbol;
  response(): { code(status: number): { takeover(): unknown } };
}
export interface HapiServer {
  readonly listener: { keepAliveTimeout: number };
  readonly settings: { readonly router: { stripTrailingSlash: boolean } };
  route(route: { options: object }): void;
  ext(event: string, method: (request: HapiRequest, toolkit: HapiToolkit) => unknown): void;
}
