import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { apis } from '@app/contracts/apis';
import { ofType, type PackagedService, packageEach, serviceNames } from '@app/test-support/packagedService';
import { beforeAll, describe, expect, it } from '@jest/globals';

const runbooks = await readdir(join(import.meta.dirname, '../../../../docs/runbooks'));

interface Metric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: unknown }[];
}

interface Alarm {
  readonly AlarmName: string;
  readonly AlarmDescription: string;
  readonly AlarmActions: unknown;
  readonly OKActions: unknown;
  readonly TreatMissingData: string;
  readonly Metrics?: readonly { readonly MetricStat?: { readonly Metric: Metric } }[];
}

const functionOf = (operationId: string) => operationId.replace(/^patch/, 'update');

/** The logical ids that an intrinsic function, or the text of Fn::Sub, names. */
const namedIn = (value: unknown) =>
  [...JSON.stringify(value).matchAll(/"Ref":"(\w+)"|"Fn::GetAtt":\["(\w+)"|\$\{([\w:]+)/g)].map(
    ([, reference, attribute, inText]) => reference ?? attribute ?? inText ?? '',
  );

const packaged = packageEach(serviceNames, 'prod');

describe.each(serviceNames)('the %s service, packaged for prod', (name) => {
  let service: PackagedService;

  beforeAll(async () => {
    service = await (packaged[name] as Promise<PackagedService>);
  });

  const alarms = () => ofType(service, 'AWS::CloudWatch::Alarm').map(([, alarm]) => alarm as unknown as Alarm);

  const metrics = () =>
    alarms().flatMap((alarm) =>
      alarm.Metrics
        ? alarm.Metrics.flatMap(({ MetricStat }) => (MetricStat ? [MetricStat.Metric] : []))
        : [alarm as unknown as Metric],
    );

  const watchedBy = (metricName: string) =>
    metrics()
      .filter(({ MetricName }) => MetricName === metricName)
      .flatMap(({ Dimensions }) => namedIn(Dimensions));

  it('has every function’s errors and throttles watched', () => {
    const ids = ofType(service, 'AWS::Lambda::Function').map(([id]) => id);

    expect(watchedBy('Errors').toSorted((a, b) => a.localeCompare(b))).toEqual(
      ids.toSorted((a, b) => a.localeCompare(b)),
    );
    expect(watchedBy('Throttles')).toEqual(expect.arrayContaining(ids));
  });

  it('has every operation’s answers 5xx watched, under the name that its function counts them', () => {
    const [environment] = ofType(service, 'AWS::Lambda::Function').map(
      ([, { Environment }]) => Environment as { Variables: Readonly<Record<string, string>> },
    );
    const serviceName = environment?.Variables['POWERTOOLS_SERVICE_NAME'];
    const counted = metrics()
      .filter(({ MetricName }) => MetricName === 'ServerErrors')
      .map(({ Dimensions }) => Dimensions.map(({ Value }) => Value).join(' '));

    expect(serviceName).toBe(`${name}-prod`);
    expect(counted).toEqual(
      expect.arrayContaining((apis[name] ?? []).map(({ operationId }) => `${serviceName} ${functionOf(operationId)}`)),
    );
  });

  it('has its APIs watched by the names that they have', () => {
    const [[, rest] = []] = ofType(service, 'AWS::ApiGateway::RestApi');
    const apisWatched = metrics()
      .filter(({ Namespace }) => Namespace === 'AWS/ApiGateway')
      .map(({ Dimensions: [dimension] }) => dimension?.Value);
    const ids = ofType(service, 'AWS::ApiGatewayV2::Api').map(([id]) => ({ Ref: id }));

    expect(apisWatched).toEqual(expect.arrayContaining(rest ? [rest['Name']] : ids));
  });

  it('has every queue watched that messages are put aside in, and nothing watched that is not there', () => {
    const targets = [
      ...ofType(service, 'AWS::SQS::Queue').map(([, { RedrivePolicy }]) => RedrivePolicy),
      ...ofType(service, 'AWS::Lambda::EventSourceMapping').map(([, { DestinationConfig }]) => DestinationConfig),
      ...ofType(service, 'AWS::Lambda::EventInvokeConfig').map(([, { DestinationConfig }]) => DestinationConfig),
    ].flatMap((target) => (target ? namedIn(target) : []));
    const watched = metrics().flatMap(({ Dimensions }) => namedIn(Dimensions));

    expect(targets.length).toBeGreaterThanOrEqual({ items: 3, assets: 2 }[name] ?? 0);
    expect(watchedBy('ApproximateNumberOfMessagesVisible')).toEqual(expect.arrayContaining(targets));
    expect(watched.filter((id) => !(id in service.resources))).toEqual([]);
  });

  it('has a runbook for every alarm, and tells the topic when it begins and when it ends', () => {
    const [[topic, properties] = []] = ofType(service, 'AWS::SNS::Topic');

    expect(properties).toEqual({ TopicName: `${name}-alerts-prod` });
    for (const { AlarmName, AlarmDescription, AlarmActions, OKActions, TreatMissingData } of alarms()) {
      const [, runbook] = /^.+\. Runbook: docs\/runbooks\/(.+)$/.exec(AlarmDescription) ?? [];
      expect(runbooks).toContain(runbook);
      expect(AlarmActions).toEqual([{ Ref: topic }]);
      expect(OKActions).toEqual([{ Ref: topic }]);
      expect(TreatMissingData).toBe(AlarmName.endsWith('-stopped') ? 'breaching' : 'notBreaching');
    }
    expect(new Set(alarms().map(({ AlarmName }) => AlarmName)).size).toBe(alarms().length);
  });

  it('has a dashboard whose text is JSON, and which has every function and alarm', () => {
    const [[, { DashboardName, DashboardBody }] = ['', {}]] = ofType(service, 'AWS::CloudWatch::Dashboard');
    const { 'Fn::Sub': text } = DashboardBody as { 'Fn::Sub': string };

    const body = JSON.parse(text.replaceAll(/\$\{[\w:.]+\}/g, 'substituted')) as { widgets: object[] };
    const named = new Set(namedIn(text));

    expect(DashboardName).toBe(`${name}-prod`);
    expect(body.widgets.length).toBeGreaterThan(10);
    expect([...named].filter((id) => id !== 'AWS::Region' && !(id in service.resources))).toEqual([]);
    for (const type of ['AWS::Lambda::Function', 'AWS::CloudWatch::Alarm', 'AWS::SQS::Queue', 'AWS::DynamoDB::Table'])
      expect([...named]).toEqual(expect.arrayContaining(ofType(service, type).map(([id]) => id)));
  });

  it('stays below the number of resources that a stack may have', () => {
    expect(Object.keys(service.resources).length).toBeLessThan(500);
  });
});
