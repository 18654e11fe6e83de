/**
 * What the exported API says of each method: its operation, parameters and body, from the contract that the function
 * judges by. The gateway judges as well only where a stage asks for it: its refusals can name no field.
 */
const RestApiId = { Ref: 'ApiGatewayRestApi' };
const upperFirst = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** As osls names them (lib/plugins/aws/lib/naming.js). */
const pathPart = (part) =>
  upperFirst(
    part
      .toLowerCase()
      .replaceAll('-', 'Dash')
      .replaceAll(/\{(.*)\}/g, '$1Var')
      .replaceAll(/[^\da-z]/gi, ''),
  );
const methodId = ({ method, path }) =>
  `ApiGatewayMethod${path.split('/').map(pathPart).join('')}${upperFirst(method.toLowerCase())}`;

/** Models are of JSON Schema's draft 4: no `const`, and no keywords of our own. */
const draft4 = (schema) => {
  if (Array.isArray(schema)) return schema.map(draft4);
  if (typeof schema !== 'object' || schema === null) return schema;
  const members = Object.entries(schema).filter(([keyword]) => !keyword.startsWith('x-'));
  return Object.fromEntries(
    members.map(([keyword, value]) => (keyword === 'const' ? ['enum', [value]] : [keyword, draft4(value)])),
  );
};

const parametersOf = ({ params, query, headers = [] }) => {
  const named = (place, names, isRequired) => names.map((name) => [`method.request.${place}.${name}`, isRequired]);
  return Object.fromEntries([
    ...named('path', Object.keys(params?.properties ?? {}), true),
    ...named('querystring', Object.keys(query?.properties ?? {}), false),
    ...named('header', headers, false),
  ]);
};

/** Models and a validator as resources, and what they add to the methods that osls makes. */
module.exports = ({ operations, mediaTypeOf, isValidating }) => {
  const resources = {};
  const extensions = {};
  if (isValidating)
    resources.BodyValidator = {
      Type: 'AWS::ApiGateway::RequestValidator',
      Properties: { RestApiId, Name: 'bodies', ValidateRequestBody: true, ValidateRequestParameters: false },
    };
  for (const { operationId, request, ...route } of operations) {
    const Properties = { OperationName: operationId, RequestParameters: parametersOf(request) };
    if (request.body) {
      const ContentType = mediaTypeOf(route.method);
      const Name = `${upperFirst(operationId)}Body`;
      const Schema = { $schema: 'http://json-schema.org/draft-04/schema#', title: Name, ...draft4(request.body) };
      resources[`${Name}Model`] = {
        Type: 'AWS::ApiGateway::Model',
        Properties: { RestApiId, Name, ContentType, Schema },
      };
      Properties.RequestModels = { [ContentType]: { Ref: `${Name}Model` } };
      if (isValidating) Properties.RequestValidatorId = { Ref: 'BodyValidator' };
    }
    extensions[methodId(route)] = { Properties };
  }
  return { resources, extensions };
};
