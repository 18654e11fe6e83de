import { canonical } from './canonical.ts';
import { referencesIn, withIds } from './references.ts';
import type { Output, Properties, Resource, Template, Value } from './template.ts';

/** The folder of a deployment's archives: `serverless/notes/dev/1795812199377-2026-11-27T20:43:19.377Z/`. */
const artefactFolder = /(serverless\/[^/]+\/[^/]+\/)\d+-[^/]+\//g;

const canonicalProperties = (properties: Properties | undefined): Properties =>
  canonical(JSON.parse(JSON.stringify(properties ?? {}).replaceAll(artefactFolder, '$1')) as Value) as Properties;

const functionOf = ({ Properties: properties = {} }: Resource): string | undefined =>
  referencesIn(properties['FunctionName'] ?? null)[0]?.id;

/**
 * The id by which a resource is the same one in every template. The framework puts a hash of code and configuration into the
 * ids of function versions and WebSocket deployments, and the time into those of REST deployments.
 */
const stableId = (id: string, resource: Resource): string => {
  const { Type: type } = resource;
  if (type === 'AWS::Lambda::Version') return `${functionOf(resource) ?? id}Version`;
  if (type === 'AWS::ApiGateway::Deployment') return id.replace(/^(ApiGatewayDeployment)\d+$/, '$1');
  if (type === 'AWS::ApiGatewayV2::Deployment') return id.replace(/^(WebsocketsDeployment).{20,}$/, '$1');
  return id;
};

const withoutHash = ({ Properties: { CodeSha256: _hash, ...properties } = {}, ...rest }: Resource): Resource => ({
  ...rest,
  Properties: properties,
});

/** Archives have another place in each deployment: what tells that the code is another is the hash that its version carries. */
const withCodeHash = (resource: Resource, hash: Value | undefined): Resource => {
  const { Code: code, ...properties } = resource.Properties ?? {};
  if (code === undefined || hash === undefined) return resource;
  return { ...resource, Properties: { ...properties, Code: hash } };
};

const resourceOf = (id: string, resource: Resource, hashes: ReadonlyMap<string, Value>): Resource => {
  if (resource.Type === 'AWS::Lambda::Version') return withoutHash(resource);
  return resource.Type === 'AWS::Lambda::Function' ? withCodeHash(resource, hashes.get(id)) : resource;
};

/** Functions whose code cannot be compared, as no version says its hash. */
export const functionsWithoutHash = ({ Resources: resources }: Template): string[] =>
  Object.entries(resources).flatMap(([id, { Type: type, Properties: properties = {} }]) =>
    type === 'AWS::Lambda::Function' && typeof properties['Code'] !== 'string' ? [id] : [],
  );

const canonicalOutput = ({ Value: value, Export: exported }: Output): Output => ({
  Value: canonical(value),
  ...(exported && { Export: { Name: canonical(exported.Name) } }),
});

const canonicalResource = ({
  Type,
  Condition,
  DeletionPolicy,
  UpdateReplacePolicy,
  Properties,
}: Resource): Resource => ({
  Type,
  ...(Condition !== undefined && { Condition }),
  ...(DeletionPolicy !== undefined && { DeletionPolicy }),
  ...(UpdateReplacePolicy !== undefined && { UpdateReplacePolicy }),
  Properties: canonicalProperties(Properties),
});

/**
 * A template without what differs between two deployments of the same thing: order, hashes and times in ids, places of
 * archives. DependsOn and Metadata are left out, as they change no resource.
 */
export const normalise = (template: Template): Template => {
  const resources = Object.entries(template.Resources).map(([id, each]) => [id, canonicalResource(each)] as const);
  const ids = new Map(resources.map(([id, resource]) => [id, stableId(id, resource)]));
  const renamed = (id: string) => ids.get(id);
  const hashes = new Map(
    resources.flatMap(([, resource]) => {
      const hash = resource.Properties?.['CodeSha256'];
      const id = resource.Type === 'AWS::Lambda::Version' ? functionOf(resource) : undefined;
      return id === undefined || hash === undefined ? [] : [[id, hash] as const];
    }),
  );
  const rename = (value: Value) => withIds(value, renamed);
  const normalised = resources.map(([id, resource]) => {
    const { Properties: properties = {}, ...rest } = resourceOf(id, resource, hashes);
    return [renamed(id) ?? id, { ...rest, Properties: rename(properties) as Properties }] as const;
  });
  const outputs = Object.entries(template.Outputs ?? {}).map(
    ([name, output]) => [name, rename(canonicalOutput(output) as unknown as Value) as unknown as Output] as const,
  );
  return { ...template, Resources: Object.fromEntries(normalised), Outputs: Object.fromEntries(outputs) };
};
