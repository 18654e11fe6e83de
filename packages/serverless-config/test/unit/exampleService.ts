import { createRequire } from 'node:module';

/** What serverless.yml calls: plain functions, which the framework requires. */
export const required = <F>(file: string) => createRequire(import.meta.url)(`../../observability/${file}.cjs`) as F;

export interface Metric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: unknown }[];
}

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

const describeService = required<(declared: object) => object>('service');
const alarms = required<(service: object, options: { email?: string }) => Record<string, Resource>>('alarms/alarms');

const queue = (target?: string) => ({
  Type: 'AWS::SQS::Queue',
  Properties: target ? { RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [target, 'Arn'] } } } : {},
});

const arnOf = (id: string) => ({ arn: { 'Fn::GetAtt': [id, 'Arn'] } });

/** One function for each kind of event, with what they need. */
export const functions = {
  createThing: { events: [{ httpApi: 'POST /things' }] },
  listThings: { events: [{ http: { method: 'get', path: '/things' } }] },
  connect: { events: [{ websocket: { route: '$connect' } }] },
  writer: { timeout: 10, events: [{ sqs: { ...arnOf('Commands') } }] },
  reader: { timeout: 10, events: [{ stream: { ...arnOf('Things'), destinations: { onFailure: arnOf('Unread') } } }] },
  sweep: { events: [{ schedule: 'rate(1 minute)' }] },
  confirm: { timeout: 10, destinations: { onFailure: { type: 'sqs', ...arnOf('Unconfirmed') } } },
};

export const resources = {
  Things: {
    Type: 'AWS::DynamoDB::Table',
    Properties: { GlobalSecondaryIndexes: [{ IndexName: 'owner-index' }] },
  },
  Commands: queue('FailedCommands'),
  FailedCommands: queue(),
  Unread: queue(),
  Unconfirmed: queue(),
};

export const exampleService = (declared: object = {}) =>
  describeService({
    name: 'things',
    stage: 'prod',
    metricsName: 'things-prod',
    timeout: 29,
    functions,
    resources,
    ...declared,
  });

/** The example's alarms and their topic, by logical id. */
export const exampleAlarms = (declared: object = {}, email?: string) =>
  alarms(exampleService(declared), email === undefined ? {} : { email });

/** What an alarm watches, whether one metric or several. */
export const metricsOf = ({ Properties }: Resource): Metric[] => {
  const several = Properties['Metrics'] as readonly { MetricStat?: { Metric: Metric } }[] | undefined;
  return several
    ? several.flatMap(({ MetricStat }) => (MetricStat ? [MetricStat.Metric] : []))
    : [Properties as unknown as Metric];
};
