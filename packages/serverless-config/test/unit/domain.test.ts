import { describe, expect, it } from '@jest/globals';
import { domain } from '../../src/domain/domain.ts';
import type { Variables } from '../../src/framework.ts';

const functions = {
  getThing: { events: [{ httpApi: 'GET /things/{id}' }] },
  connect: { events: [{ websocket: '$connect' }] },
  idle: {},
};

const variablesOf = (parameters: object, declared: object = functions): Variables => ({
  resolveConfigurationProperty: async ([name]) => (name === 'service' ? 'things' : declared),
  resolveVariable: async (name) =>
    ({
      'sls:stage': 'prod',
      'sls:instanceId': '17',
      ...Object.fromEntries(Object.entries(parameters).map(([key, value]) => [`param:${key}`, value])),
    })[name],
});

const mappingIn = async (parameters: object, declared: object) =>
  Object.values((await domain(variablesOf(parameters, declared))).Resources ?? {});

const off = { domainName: '', socketDomainName: '' };

describe('a stage without a domain', () => {
  it('adds nothing to a template', async () => {
    expect(await domain(variablesOf(off))).toEqual({});
    expect(await domain(variablesOf({ domainName: undefined, socketDomainName: undefined }))).toEqual({});
  });

  it('adds nothing for a service that has no API', async () => {
    expect(await domain(variablesOf({ ...off, domainName: 'api.example.com' }, { idle: {} }))).toEqual({});
  });
});

describe('a stage with a domain', () => {
  const domainName = 'api.example.com';

  it('puts an HTTP API under the name of its service, and has its stage tell functions so', async () => {
    const { Resources, Outputs, extensions } = await domain(variablesOf({ ...off, domainName }));

    expect(Resources).toEqual({
      HttpApiMapping: {
        Type: 'AWS::ApiGatewayV2::ApiMapping',
        Properties: {
          DomainName: domainName,
          ApiMappingKey: 'things',
          ApiId: { Ref: 'HttpApi' },
          Stage: { Ref: 'HttpApiStage' },
        },
      },
    });
    expect(Outputs).toEqual({ ThingsPublicUrl: { Value: 'https://api.example.com/things' } });
    expect(extensions).toEqual({
      HttpApiStage: { Properties: { StageVariables: { domainName, basePath: 'things' } } },
    });
  });

  it('puts a REST API under the name of its service, once its stage is there', async () => {
    const rest = { getThing: { events: [{ http: { method: 'get', path: '/things' } }] } };

    expect(await mappingIn({ ...off, domainName }, rest)).toEqual([
      {
        Type: 'AWS::ApiGateway::BasePathMapping',
        DependsOn: 'ApiGatewayDeployment17',
        Properties: {
          DomainName: domainName,
          BasePath: 'things',
          RestApiId: { Ref: 'ApiGatewayRestApi' },
          Stage: 'prod',
        },
      },
    ]);
  });

  it('puts a WebSocket API under the domain of sockets', async () => {
    const { Resources, Outputs } = await domain(variablesOf({ domainName, socketDomainName: 'ws.example.com' }));

    expect(Resources?.['WebsocketsApiMapping']?.Properties).toMatchObject({
      DomainName: 'ws.example.com',
      ApiMappingKey: 'things',
      ApiId: { Ref: 'WebsocketsApi' },
    });
    expect(Outputs).toMatchObject({ ThingsPublicSocketUrl: { Value: 'wss://ws.example.com/things' } });
  });

  it.each([
    ['domainName', 'https://api.example.com'],
    ['domainName', 'api.example.com/v1'],
    ['domainName', 'API.example.com'],
    ['domainName', 'localhost'],
    ['socketDomainName', 'ws.example.com:443'],
  ])('refuses %s %s, which is no host name', async (name, value) => {
    await expect(domain(variablesOf({ ...off, [name]: value }))).rejects.toThrow(
      `${name} must be a host name in lower case, without a scheme or a path (api.example.com), not “${value}”.`,
    );
  });

  it('refuses one domain for both kinds', async () => {
    await expect(domain(variablesOf({ domainName, socketDomainName: domainName }))).rejects.toThrow(
      'socketDomainName must be another than domainName, “api.example.com”',
    );
  });
});
