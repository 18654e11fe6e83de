import { type DeclaredFunctions, functionsOf, type Resource, type Variables } from '../framework.ts';
import { upperFirst } from '../upperFirst.ts';
import { assertDomains, type Domains } from './domains.ts';

interface Mapped {
  readonly service: string;
  readonly stage: string;
  /** A part of the logical id of a REST API's deployment, which osls makes anew each time. */
  readonly instanceId: string;
  readonly functions: DeclaredFunctions;
}

type Addition = Readonly<{
  Resources: Record<string, Resource & { readonly DependsOn?: string }>;
  Outputs: Record<string, { readonly Value: string }>;
  extensions: Record<string, object>;
}>;

/** An HTTP API: its stage tells functions the base path, which AWS leaves out of the path that they see. */
const httpApi = ({ service }: Mapped, domainName: string): Addition => ({
  Resources: {
    HttpApiMapping: {
      Type: 'AWS::ApiGatewayV2::ApiMapping',
      Properties: {
        DomainName: domainName,
        ApiMappingKey: service,
        ApiId: { Ref: 'HttpApi' },
        Stage: { Ref: 'HttpApiStage' },
      },
    },
  },
  Outputs: { [`${upperFirst(service)}PublicUrl`]: { Value: `https://${domainName}/${service}` } },
  extensions: { HttpApiStage: { Properties: { StageVariables: { domainName, basePath: service } } } },
});

const restApi = ({ service, stage, instanceId }: Mapped, domainName: string): Addition => ({
  Resources: {
    RestApiMapping: {
      Type: 'AWS::ApiGateway::BasePathMapping',
      DependsOn: `ApiGatewayDeployment${instanceId}`, // which makes the stage
      Properties: {
        DomainName: domainName,
        BasePath: service,
        RestApiId: { Ref: 'ApiGatewayRestApi' },
        Stage: stage,
      },
    },
  },
  Outputs: { [`${upperFirst(service)}PublicUrl`]: { Value: `https://${domainName}/${service}` } },
  extensions: {},
});

const websocketApi = ({ service }: Mapped, domainName: string): Addition => ({
  Resources: {
    WebsocketsApiMapping: {
      Type: 'AWS::ApiGatewayV2::ApiMapping',
      Properties: {
        DomainName: domainName,
        ApiMappingKey: service,
        ApiId: { Ref: 'WebsocketsApi' },
        Stage: { Ref: 'WebsocketsDeploymentStage' },
      },
    },
  },
  Outputs: { [`${upperFirst(service)}PublicSocketUrl`]: { Value: `wss://${domainName}/${service}` } },
  extensions: {},
});

/** By the event that has osls make the API. */
const kinds = { httpApi, http: restApi, websocket: websocketApi } as const;

/** What puts a service's APIs under the stage's domains, its name their base path. Nothing where the stage has none. */
export const mappingsOf = (mapped: Mapped, { domainName, socketDomainName }: Domains): Partial<Addition> => {
  const events = Object.values(mapped.functions).flatMap(({ events: each }) => each ?? []);
  const present = new Set(events.flatMap((event) => (typeof event === 'string' ? event : Object.keys(event))));
  const additions = Object.entries(kinds).flatMap(([kind, add]) => {
    const name = kind === 'websocket' ? socketDomainName : domainName;
    return name !== '' && present.has(kind) ? [add(mapped, name)] : [];
  });
  if (additions.length === 0) return {};
  return {
    Resources: Object.assign({}, ...additions.map(({ Resources }) => Resources)) as Addition['Resources'],
    Outputs: Object.assign({}, ...additions.map(({ Outputs }) => Outputs)) as Addition['Outputs'],
    extensions: Object.assign({}, ...additions.map(({ extensions }) => extensions)) as Addition['extensions'],
  };
};

/** The stage's custom domains, by the parameters `domainName` and `socketDomainName`. One entry under `resources` of a service. */
export const domain = async (variables: Variables) => {
  const [domainName = '', socketDomainName = '', stage = '', instanceId = ''] = (await Promise.all(
    ['param:domainName', 'param:socketDomainName', 'sls:stage', 'sls:instanceId'].map(variables.resolveVariable),
  )) as (string | undefined)[];
  const domains = { domainName, socketDomainName };
  assertDomains(domains);
  const service = (await variables.resolveConfigurationProperty(['service'])) as string;
  return mappingsOf({ service, stage, instanceId, functions: await functionsOf(variables) }, domains);
};
