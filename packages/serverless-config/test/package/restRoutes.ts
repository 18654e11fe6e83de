import { ofType, type PackagedService } from '@app/test-support/packagedService';

interface RestResource {
  readonly ParentId: { readonly Ref?: string };
  readonly PathPart: string;
}

/** `METHOD /path` for every method of a REST API, its path put together from the tree of resources. */
export const restRoutesOf = (service: PackagedService) => {
  const nodes = new Map(
    ofType(service, 'AWS::ApiGateway::Resource').map(([id, node]) => [id, node as unknown as RestResource]),
  );
  const pathOf = (id: string | undefined): string => {
    const node = id === undefined ? undefined : nodes.get(id);
    return node ? `${pathOf(node.ParentId.Ref)}/${node.PathPart}` : '';
  };
  return ofType(service, 'AWS::ApiGateway::Method').map(
    ([, { HttpMethod, ResourceId }]) => `${String(HttpMethod)} ${pathOf((ResourceId as { Ref?: string }).Ref)}`,
  );
};
