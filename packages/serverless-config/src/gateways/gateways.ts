import { ofType, type Template, type TemplateResource } from '../deployment/template.ts';
import { webSocketLog } from './accessLog.ts';

export interface Limits {
  /** Requests a second, on average. */
  readonly rate: number;
  /** Requests at once. */
  readonly burst: number;
}

/** What makes something new costs more than what reads it: no flood of creations takes the reads along. */
const ofCreations = ({ rate, burst }: Limits): Limits => ({ rate: rate / 2, burst: Math.max(1, Math.ceil(burst / 2)) });

const throttle = ({ rate, burst }: Limits) => ({ ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst });

const propertiesOf = (resource: TemplateResource) => (resource.Properties ??= {});

/** Routes that create, of an HTTP API: `POST /notes`. A stage that limits a route needs the route to be there. */
const creations = (template: Template) =>
  ofType(template, 'AWS::ApiGatewayV2::Route').flatMap(([id, { Properties = {} }]) => {
    const key = Properties['RouteKey'];
    return typeof key === 'string' && key.startsWith('POST ') ? [{ id, key }] : [];
  });

const limitStage = (template: Template, stage: TemplateResource, limits: Limits) => {
  const properties = propertiesOf(stage);
  properties['DefaultRouteSettings'] = { ...(properties['DefaultRouteSettings'] as object), ...throttle(limits) };
  const isSocket = JSON.stringify(properties['ApiId']).includes('WebsocketsApi');
  const routes = isSocket ? [] : creations(template);
  if (routes.length === 0) return;
  properties['RouteSettings'] = Object.fromEntries(routes.map(({ key }) => [key, throttle(ofCreations(limits))]));
  stage.DependsOn = [stage.DependsOn ?? [], routes.map(({ id }) => id)].flat(2);
};

/** A REST API's stage is made by its deployment, with settings by path and method. */
const limitRest = (template: Template, limits: Limits) => {
  const ofAll = { HttpMethod: '*', ResourcePath: '/*', ...throttle(limits) };
  const ofNew = throttle(ofCreations(limits));
  for (const [, deployment] of ofType(template, 'AWS::ApiGateway::Deployment'))
    propertiesOf(deployment)['StageDescription'] = {
      MethodSettings: [
        ofAll,
        ...postPaths(template).map((path) => Object.assign({ HttpMethod: 'POST', ResourcePath: path }, ofNew)),
      ],
    };
};

const isRef = (value: unknown): value is { Ref: string } =>
  typeof value === 'object' && value !== null && 'Ref' in value;

/** `/users`, from the resources that its parts are. */
const pathOf = ({ Resources }: Template, id: string): string => {
  const { ParentId, PathPart } = (Resources[id]?.Properties ?? {}) as { ParentId?: unknown; PathPart?: string };
  return `${isRef(ParentId) ? pathOf({ Resources }, ParentId.Ref) : ''}/${PathPart ?? ''}`;
};

const postPaths = (template: Template) =>
  ofType(template, 'AWS::ApiGateway::Method').flatMap(([, { Properties = {} }]) =>
    Properties['HttpMethod'] === 'POST' && isRef(Properties['ResourceId'])
      ? [pathOf(template, Properties['ResourceId'].Ref)]
      : [],
  );

const retentionInDays = 30;

/** The framework's own logs of WebSocket APIs bring a function that writes the account's settings. */
const logSockets = (template: Template, name: string) => {
  const stage = template.Resources['WebsocketsDeploymentStage'];
  if (!stage) return;
  template.Resources['WebsocketsLogGroup'] = {
    Type: 'AWS::Logs::LogGroup',
    Properties: { LogGroupName: logGroup('websocket-api', name), RetentionInDays: retentionInDays },
  };
  propertiesOf(stage)['AccessLogSettings'] = {
    DestinationArn: { 'Fn::GetAtt': ['WebsocketsLogGroup', 'Arn'] },
    Format: webSocketLog,
  };
};

/**
 * Log groups of this prefix need no entry of their own in the account's resource policy, which has room for some sixteen.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html
 */
const logGroup = (kind: string, name: string) => `/aws/vendedlogs/${kind}/${name}`;

const logHttp = (template: Template, name: string) => {
  const group = template.Resources['HttpApiLogGroup'];
  if (group) propertiesOf(group)['LogGroupName'] = logGroup('http-api', name);
};

/** Limits and access logs of every stage of every API in a service's template; `name` is the service's in its stage. */
export const finishGateways = (template: Template, { name, limits }: { name: string; limits: Limits }): void => {
  for (const [, stage] of ofType(template, 'AWS::ApiGatewayV2::Stage')) limitStage(template, stage, limits);
  limitRest(template, limits);
  logSockets(template, name);
  logHttp(template, name);
};
