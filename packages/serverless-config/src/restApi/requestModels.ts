import { mediaTypeOf, type Operation, type Schema } from '@app/contracts';
import type { Resource } from '../framework.ts';
import { upperFirst } from '../upperFirst.ts';

const RestApiId = { Ref: 'ApiGatewayRestApi' };

/** As osls names them (lib/plugins/aws/lib/naming.js). */
const pathPart = (part: string) =>
  upperFirst(
    part
      .toLowerCase()
      .replaceAll('-', 'Dash')
      .replaceAll(/\{(.*)\}/g, '$1Var')
      .replaceAll(/[^\da-z]/gi, ''),
  );
const methodId = ({ method, path }: Pick<Operation, 'method' | 'path'>) =>
  `ApiGatewayMethod${path.split('/').map(pathPart).join('')}${upperFirst(method.toLowerCase())}`;

/** Models are of JSON Schema's draft 4: no `const`, and no keywords of our own. */
const draft4 = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(draft4);
  if (typeof schema !== 'object' || schema === null) return schema;
  const members = Object.entries(schema).filter(([keyword]) => !keyword.startsWith('x-'));
  return Object.fromEntries(
    members.map(([keyword, value]) => (keyword === 'const' ? ['enum', [value]] : [keyword, draft4(value)])),
  );
};

const namesIn = (schema: Schema | undefined) => Object.keys(schema?.properties ?? {});

const parametersOf = ({ params, query, headers = [] }: Operation['request']) => {
  const named = (place: string, names: readonly string[], isRequired: boolean) =>
    names.map((name) => [`method.request.${place}.${name}`, isRequired]);
  return Object.fromEntries([
    ...named('path', namesIn(params), true),
    ...named('querystring', namesIn(query), false),
    ...named('header', headers, false),
  ]);
};

interface ModelOptions {
  readonly operations: readonly Operation[];
  /** Whether the gateway judges bodies before a function does. */
  readonly isValidating: boolean;
}

/** Models and a validator as resources, and what they add to the methods that osls makes. */
export const requestModels = ({ operations, isValidating }: ModelOptions) => {
  const resources: Record<string, Resource> = {};
  const extensions: Record<string, { Properties: Record<string, unknown> }> = {};
  if (isValidating)
    resources['BodyValidator'] = {
      Type: 'AWS::ApiGateway::RequestValidator',
      Properties: { RestApiId, Name: 'bodies', ValidateRequestBody: true, ValidateRequestParameters: false },
    };
  for (const { operationId, request, ...route } of operations) {
    const Properties: Record<string, unknown> = {
      OperationName: operationId,
      RequestParameters: parametersOf(request),
    };
    if (request.body) {
      const ContentType = mediaTypeOf(route.method);
      const Name = `${upperFirst(operationId)}Body`;
      const Schema = {
        $schema: 'http://json-schema.org/draft-04/schema#',
        title: Name,
        ...(draft4(request.body) as object),
      };
      resources[`${Name}Model`] = {
        Type: 'AWS::ApiGateway::Model',
        Properties: { RestApiId, Name, ContentType, Schema },
      };
      Properties['RequestModels'] = { [ContentType]: { Ref: `${Name}Model` } };
      if (isValidating) Properties['RequestValidatorId'] = { Ref: 'BodyValidator' };
    }
    extensions[methodId(route)] = { Properties };
  }
  return { resources, extensions };
};
