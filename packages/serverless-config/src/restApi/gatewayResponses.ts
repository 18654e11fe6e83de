import { problemTypes } from '@app/http';

/**
 * What a REST API's gateway answers by itself, in the shape that functions answer in (RFC 9457).
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
const gatewaysOwn = '$context.error.messageString'; // in quotes already
const noRoute = '"There is no such route"';
const later = '"The request could not be served in time: try again shortly"';

/** The gateway's response types: the problem (packages/http) that each is, and its detail. What is not listed is the last two. */
const problems: Readonly<Record<string, readonly [problem: keyof typeof problemTypes, detail: string]>> = {
  MISSING_AUTHENTICATION_TOKEN: ['notFound', noRoute], // the gateway's word for a route or method that does not exist
  RESOURCE_NOT_FOUND: ['notFound', noRoute],
  BAD_REQUEST_BODY: ['invalidRequest', gatewaysOwn],
  BAD_REQUEST_PARAMETERS: ['invalidRequest', gatewaysOwn],
  UNAUTHORIZED: ['unauthorized', gatewaysOwn],
  EXPIRED_TOKEN: ['unauthorized', gatewaysOwn],
  ACCESS_DENIED: ['forbidden', gatewaysOwn],
  INVALID_API_KEY: ['forbidden', gatewaysOwn],
  INVALID_SIGNATURE: ['forbidden', gatewaysOwn],
  WAF_FILTERED: ['forbidden', gatewaysOwn],
  REQUEST_TOO_LARGE: ['payloadTooLarge', gatewaysOwn],
  UNSUPPORTED_MEDIA_TYPE: ['unsupportedMediaType', gatewaysOwn],
  THROTTLED: ['tooManyRequests', gatewaysOwn],
  QUOTA_EXCEEDED: ['tooManyRequests', gatewaysOwn],
  INTEGRATION_FAILURE: ['serviceUnavailable', later],
  INTEGRATION_TIMEOUT: ['serviceUnavailable', later],
  DEFAULT_4XX: ['invalidRequest', gatewaysOwn],
  DEFAULT_5XX: ['internalError', '"The request failed; its id leads to the cause"'],
};

/** Of the allowed origins a gateway response can name but one: the first. */
const headersOf = (status: number, origin: string | undefined) => ({
  'Content-Type': "'application/problem+json'", // a template knows no content type but application/json
  'Cache-Control': "'no-store'",
  'Strict-Transport-Security': "'max-age=63072000; includeSubDomains'",
  'X-Content-Type-Options': "'nosniff'",
  'x-request-id': 'context.requestId',
  ...([429, 503].includes(status) && { 'Retry-After': "'1'" }),
  ...(origin && {
    'Access-Control-Allow-Origin': `'${origin}'`,
    'Access-Control-Expose-Headers': "'x-request-id,Retry-After'",
  }),
});

type ProblemType = readonly [status: number, slug: string, title: string];

const bodyOf = ([status, slug, title]: ProblemType, detail: string) =>
  `{"type":"/problems/${slug}","title":"${title}","status":${status},"detail":${detail},"requestId":"$context.requestId"}`;

const logicalId = (responseType: string) =>
  `GatewayResponse${responseType
    .toLowerCase()
    .replaceAll(/(?:^|_)([a-z\d])/g, (_match, letter: string) => letter.toUpperCase())}`;

interface GatewayResponse {
  readonly Type: 'AWS::ApiGateway::GatewayResponse';
  readonly Properties: {
    readonly RestApiId: { readonly Ref: string };
    readonly ResponseType: string;
    readonly StatusCode: string;
    readonly ResponseParameters: Readonly<Record<string, string>>;
    readonly ResponseTemplates: Readonly<Record<string, string>>;
  };
}

/** The resources, by their logical ids. `origin` is the first that the stage allows, if it allows any. */
export const gatewayResponses = (origin: string | undefined): Readonly<Record<string, GatewayResponse>> =>
  Object.fromEntries(
    Object.entries(problems).map(([ResponseType, [problem, detail]]) => {
      const [status] = problemTypes[problem];
      const headers = Object.entries(headersOf(status, origin));
      return [
        logicalId(ResponseType),
        {
          Type: 'AWS::ApiGateway::GatewayResponse',
          Properties: {
            RestApiId: { Ref: 'ApiGatewayRestApi' },
            ResponseType,
            StatusCode: String(status),
            ResponseParameters: Object.fromEntries(
              headers.map(([name, value]) => [`gatewayresponse.header.${name}`, value]),
            ),
            ResponseTemplates: { 'application/json': bodyOf(problemTypes[problem], detail) },
          },
        },
      ];
    }),
  );
