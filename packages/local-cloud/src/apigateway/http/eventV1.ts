import { textOf } from '../../http/readBody.ts';
import { account } from '../../template/resources.ts';
import { multiValuesOf, type Pairs } from '../multiValues.ts';
import { type Call, queryOf, requestTime } from './call.ts';

/** Undefined becomes null: a REST API's event has every member. */
const orNull = (pairs: Pairs, collect: (pairs: Pairs) => object) => (pairs.length > 0 ? collect(pairs) : null);
const lastOf = (pairs: Pairs) => Object.fromEntries(pairs);

/** Text, whatever the content type says; bytes that are not UTF-8 are base64-encoded, so that they can be refused. */
const bodyOf = ({ body }: Call) => {
  if (body.length === 0) return { body: null, isBase64Encoded: false };
  const text = textOf(body);
  return text === undefined
    ? { body: body.toString('base64'), isBase64Encoded: true }
    : { body: text, isBase64Encoded: false };
};

const noIdentity = {
  accessKey: null,
  accountId: null,
  apiKey: null,
  apiKeyId: null,
  caller: null,
  clientCert: null,
  cognitoAuthenticationProvider: null,
  cognitoAuthenticationType: null,
  cognitoIdentityId: null,
  cognitoIdentityPoolId: null,
  principalOrgId: null,
  user: null,
  userArn: null,
};

/**
 * The event of a REST API. Its path has no stage in front: locally each service has an origin of its own.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-input-format
 */
export const eventV1 = (call: Call) => {
  const { route, method, target, parameters, headers, receivedAt, requestId } = call;
  const query = queryOf(call);
  const lower = Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));
  const [domainName = ''] = (lower['host'] ?? '').split(':');
  return {
    resource: route.path,
    path: target.path,
    httpMethod: method,
    headers: orNull(headers, lastOf),
    multiValueHeaders: orNull(headers, multiValuesOf),
    queryStringParameters: orNull(query, lastOf),
    multiValueQueryStringParameters: orNull(query, multiValuesOf),
    pathParameters: parameters ?? null,
    stageVariables: null,
    requestContext: {
      accountId: account,
      apiId: 'local',
      domainName,
      domainPrefix: domainName.split('.')[0],
      extendedRequestId: requestId,
      httpMethod: method,
      identity: { ...noIdentity, sourceIp: call.sourceIp, userAgent: lower['user-agent'] ?? null },
      path: target.path,
      protocol: call.protocol,
      requestId,
      requestTime: requestTime(receivedAt),
      requestTimeEpoch: receivedAt.getTime(),
      resourceId: 'local',
      resourcePath: route.path,
      stage: call.stage,
    },
    ...bodyOf(call),
  };
};
