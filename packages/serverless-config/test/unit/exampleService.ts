import type { DeclaredFunctions, Resource, Resources } from '../../src/framework.ts';
import { alarms } from '../../src/observability/alarms/alarms.ts';
import { describeService } from '../../src/observability/service.ts';

export interface Metric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: unknown }[];
}

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

interface Declared {
  readonly functions?: DeclaredFunctions;
  readonly resources?: Resources;
  readonly letsCallersWait?: boolean;
}

export const exampleService = (declared: Declared = {}) =>
  describeService({
    letsCallersWait: false,
    name: 'things',
    stage: 'prod',
    metricsName: 'things-prod',
    timeout: 29,
    functions,
    resources,
    ...declared,
  });

/** The example's alarms and their topic, by logical id. */
export const exampleAlarms = (declared: Declared = {}, email?: string) => alarms(exampleService(declared), email);

/** What an alarm watches, whether one metric or several. */
export const metricsOf = ({ Properties = {} }: Resource): Metric[] => {
  const several = Properties['Metrics'] as readonly { MetricStat?: { Metric: Metric } }[] | undefined;
  return several
    ? several.flatMap(({ MetricStat }) => (MetricStat ? [MetricStat.Metric] : []))
    : [Properties as unknown as Metric];
};
