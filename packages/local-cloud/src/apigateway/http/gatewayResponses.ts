import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Resources } from '../../framework/types.ts';
import { type Refusal, type Refuse, sendWhole } from '../../http/refusals.ts';

/** Properties of AWS::ApiGateway::GatewayResponse. */
interface GatewayResponse {
  readonly ResponseType: string;
  readonly StatusCode?: string;
  readonly ResponseParameters?: Readonly<Record<string, string>>;
  readonly ResponseTemplates?: Readonly<Record<string, string>>;
}

/** What a REST API says where nothing is configured: status and message by response type. */
const own: Readonly<Record<string, readonly [status: number, message: string]>> = {
  MISSING_AUTHENTICATION_TOKEN: [403, 'Missing Authentication Token'],
  REQUEST_TOO_LARGE: [413, 'Request Too Long'],
  INTEGRATION_TIMEOUT: [504, 'Endpoint request timed out'],
  DEFAULT_5XX: [502, 'Internal server error'],
};

const substitute = (text: string, values: Readonly<Record<string, string>>) =>
  text.replaceAll(/\$?context\.[\w.]+/g, (name) => values[name.replace('$', '')] ?? '');

const headersOf = (parameters: GatewayResponse['ResponseParameters'] = {}, values: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name.replace('gatewayresponse.header.', '').toLowerCase(),
      value.startsWith("'") ? value.slice(1, -1) : substitute(value, values),
    ]),
  );

/**
 * The words of a REST API: its gateway responses, where the service configures them.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export const createRestRefuse = (resources: Resources): Refuse => {
  const configured = Object.values(resources)
    .filter(({ Type }) => Type === 'AWS::ApiGateway::GatewayResponse')
    .map(({ Properties }) => Properties as unknown as GatewayResponse);
  const find = (type: string) => configured.find(({ ResponseType }) => ResponseType === type);

  return (response: ServerResponse, { status, message, restType }: Refusal, headers = {}) => {
    const [ownStatus, ownMessage] = own[restType] ?? [status, message];
    const found = find(restType) ?? find(ownStatus < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
    const values = {
      'context.requestId': randomUUID(),
      'context.error.message': ownMessage,
      'context.error.messageString': JSON.stringify(ownMessage),
      'context.error.responseType': restType,
    };
    const template = found?.ResponseTemplates?.['application/json'] ?? '{"message":$context.error.messageString}';
    sendWhole(
      response,
      Number(found?.StatusCode ?? ownStatus),
      { 'content-type': 'application/json', ...headers, ...headersOf(found?.ResponseParameters, values) },
      substitute(template, values),
    );
  };
};
