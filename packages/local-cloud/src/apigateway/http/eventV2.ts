import { textOf } from '../../http/readBody.ts';
import { account } from '../../template/resources.ts';
import { type Call, queryOf, requestTime, valuesOf } from './call.ts';

const joined = (pairs: Iterable<readonly [string, string]>): Record<string, string> => {
  const values = new Map<string, string>();
  for (const [name, value] of pairs) values.set(name, values.has(name) ? `${values.get(name)},${value}` : value);
  return Object.fromEntries(values);
};

const textType = /^(?:text\/[^;\s]+|application\/(?:json|javascript|xml))\s*(?:;\s*charset="?utf-8"?\s*)?$/i;

/** An HTTP API hands over as text what its content type says is text; all else is base64-encoded, as are bytes that are not UTF-8. */
const bodyOf = (call: Call) => {
  if (call.body.length === 0) return { isBase64Encoded: false };
  const text = textType.test(valuesOf(call, 'content-type').join(',')) ? textOf(call.body) : undefined;
  return text === undefined
    ? { body: call.body.toString('base64'), isBase64Encoded: true }
    : { body: text, isBase64Encoded: false };
};

/** The event of an HTTP API. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
export const eventV2 = (call: Call) => {
  const { route, method, target, parameters, receivedAt, requestId } = call;
  const routeKey =
    route.path === '$default' ? '$default' : `${route.method === '*' ? 'ANY' : route.method} ${route.path}`;
  const query = queryOf(call);
  const cookies = valuesOf(call, 'cookie')
    .flatMap((value) => value.split(/;\s*/))
    .filter(Boolean);
  const headers = joined(
    call.headers.map(([name, value]) => [name.toLowerCase(), value] as const).filter(([name]) => name !== 'cookie'),
  );
  const [domainName = ''] = (headers['host'] ?? '').split(':');
  return {
    version: '2.0',
    routeKey,
    rawPath: target.path,
    rawQueryString: target.query,
    ...(cookies.length > 0 && { cookies }),
    headers,
    ...(query.length > 0 && { queryStringParameters: joined(query) }),
    requestContext: {
      accountId: account,
      apiId: 'local',
      domainName,
      domainPrefix: domainName.split('.')[0],
      http: {
        method,
        path: target.path,
        protocol: call.protocol,
        sourceIp: call.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId,
      routeKey,
      stage: '$default',
      time: requestTime(receivedAt),
      timeEpoch: receivedAt.getTime(),
    },
    ...(parameters && { pathParameters: parameters }),
    ...bodyOf(call),
  };
};
