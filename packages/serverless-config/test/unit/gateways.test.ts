import { describe, expect, it } from '@jest/globals';
import type { Template } from '../../src/deployment/template.ts';
import { httpApiLog, restApiLog, webSocketLog } from '../../src/gateways/accessLog.ts';
import { finishGateways } from '../../src/gateways/gateways.ts';

const limits = { rate: 100, burst: 201 };
const whole = { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 201 };
const half = { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 101 };

const finished = (Resources: Template['Resources']) => {
  finishGateways({ Resources }, { name: 'things-dev', limits });
  return Resources;
};
const route = (RouteKey: string) => ({ Type: 'AWS::ApiGatewayV2::Route', Properties: { RouteKey } });
const stageOf = (ApiId: string) => ({
  Type: 'AWS::ApiGatewayV2::Stage',
  DependsOn: ['Something'],
  Properties: { ApiId: { Ref: ApiId }, DefaultRouteSettings: { DetailedMetricsEnabled: false } } as Record<
    string,
    unknown
  >,
});

describe('an HTTP API', () => {
  const { HttpApiStage, HttpApiLogGroup } = finished({
    HttpApiStage: stageOf('HttpApi'),
    Create: route('POST /things'),
    Get: route('GET /things/{id}'),
    Default: route('$default'),
    HttpApiLogGroup: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/aws/http-api/things-dev' } },
  });

  it('limits its routes, and creations to half of that, once their routes are there', () => {
    expect(HttpApiStage).toMatchObject({
      DependsOn: ['Something', 'Create'],
      Properties: {
        DefaultRouteSettings: { DetailedMetricsEnabled: false, ...whole },
        RouteSettings: { 'POST /things': half },
      },
    });
  });

  it('has its log group where no resource policy of the account is needed for it', () => {
    expect(HttpApiLogGroup?.Properties?.['LogGroupName']).toBe('/aws/vendedlogs/http-api/things-dev');
  });
});

describe('a WebSocket API', () => {
  const { WebsocketsDeploymentStage, WebsocketsLogGroup } = finished({
    WebsocketsDeploymentStage: stageOf('WebsocketsApi'),
    Connect: route('$connect'),
    Create: route('POST /things'),
  });

  it('limits its messages', () => {
    expect(WebsocketsDeploymentStage?.Properties?.['DefaultRouteSettings']).toMatchObject(whole);
    expect(WebsocketsDeploymentStage?.Properties).not.toHaveProperty('RouteSettings');
  });

  it('logs them for 30 days', () => {
    expect(WebsocketsDeploymentStage?.Properties?.['AccessLogSettings']).toEqual({
      DestinationArn: { 'Fn::GetAtt': ['WebsocketsLogGroup', 'Arn'] },
      Format: webSocketLog,
    });
    expect(WebsocketsLogGroup?.Properties).toEqual({
      LogGroupName: '/aws/vendedlogs/websocket-api/things-dev',
      RetentionInDays: 30,
    });
  });
});

describe('a REST API', () => {
  it('limits its methods, and creations to half of that', () => {
    const resource = (PathPart: string, parent: object) => ({
      Type: 'AWS::ApiGateway::Resource',
      Properties: { PathPart, ParentId: parent },
    });
    const method = (HttpMethod: string, id: string) => ({
      Type: 'AWS::ApiGateway::Method',
      Properties: { HttpMethod, ResourceId: { Ref: id } },
    });
    const { Deployment } = finished({
      Deployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { StageName: 'dev' } },
      Things: resource('things', { 'Fn::GetAtt': ['ApiGatewayRestApi', 'RootResourceId'] }),
      Parts: resource('parts', { Ref: 'Things' }),
      Create: method('POST', 'Parts'),
      List: method('GET', 'Things'),
    });

    expect(Deployment?.Properties).toEqual({
      StageName: 'dev',
      StageDescription: {
        MethodSettings: [
          { HttpMethod: '*', ResourcePath: '/*', ...whole },
          { HttpMethod: 'POST', ResourcePath: '/things/parts', ...half },
        ],
      },
    });
  });
});

describe('an access log', () => {
  it.each([
    ['an HTTP API', httpApiLog],
    ['a REST API', restApiLog],
    ['a WebSocket API', webSocketLog],
  ])('of %s is JSON whatever is missing, with route, source, latency and the integration’s error', (_kind, format) => {
    const line = JSON.parse(format.replaceAll(/\$context\.[\w.]+/g, '-')) as Record<string, string>;

    expect(new Set(Object.values(line))).toEqual(new Set(['-']));
    expect(line).toEqual(
      expect.objectContaining({
        route: '-',
        sourceIp: '-',
        integrationLatencyMs: '-',
        integrationError: '-',
        status: '-',
      }),
    );
  });
});
