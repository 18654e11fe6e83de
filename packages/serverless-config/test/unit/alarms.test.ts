import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import type { Resource } from '../../src/framework.ts';
import { exampleAlarms, functions, metricsOf } from './exampleService.ts';

const alarm = (id: string, declared = {}) => {
  const found = exampleAlarms(declared)[`${id}Alarm`];
  if (!found) throw new Error(`There is no ${id}Alarm`);
  return found;
};

const watched = (id: string, declared = {}) =>
  metricsOf(alarm(id, declared)).map(({ Namespace, MetricName, Dimensions }) => {
    const dimensions = Dimensions.map(({ Name, Value }) => [Name, (Value as { Ref?: string }).Ref ?? Value]);
    return { [`${Namespace} ${MetricName}`]: Object.fromEntries(dimensions) as unknown };
  });

/** Whether it would alarm on these values: its metric math carried out, as far as ours goes. What is left out is missing. */
const alarmsOn = ({ Properties = {} }: Resource, values: Readonly<Record<string, number>>) => {
  const [{ Expression = '' } = {}] = Properties['Metrics'] as { Expression?: string }[];
  const script = Expression.replace(/^IF\((.+), (.+), (.+)\)$/, '($1) ? $2 : $3').replaceAll('OR', '||');
  const names = [...script.matchAll(/\b[a-z]\w*/g)].map(([name]) => [name, Number.NaN] as const);
  const FILL = (value: number, other: number) => (Number.isNaN(value) ? other : value);
  const result = runInNewContext(script, { ...Object.fromEntries(names), ...values, FILL }) as number;
  return result >= Number(Properties['Threshold']);
};

describe('the alarm on an API’s latency', () => {
  const metricsIn = (declared = {}) => watched('ApiLatency', declared).flatMap((each) => Object.keys(each));

  it('goes by what the gateway measures', () => {
    expect(metricsIn()).toEqual(['AWS/ApiGateway Latency', 'AWS/ApiGateway Latency']);
  });

  it('leaves those out who have asked to wait, where callers can', () => {
    const declared = { letsCallersWait: true };

    expect(watched('ApiLatency', declared)).toEqual([
      { 'Groundwork LatencyWithoutWait': { service: 'things-prod' } },
      { 'Groundwork LatencyWithoutWait': { service: 'things-prod' } },
    ]);
  });
});

describe('a function’s alarm on failures', () => {
  it('counts its crashes and, of HTTP and WebSocket functions, the answers 5xx that Lambda takes for successes', () => {
    expect(watched('CreateThingFailures')).toEqual([
      { 'AWS/Lambda Errors': { FunctionName: 'CreateThingLambdaFunction' } },
      { 'Groundwork ServerErrors': { service: 'things-prod', operation: 'createThing' } },
    ]);
    expect(watched('ConnectFailures')[1]).toEqual({
      'Groundwork ServerErrors': { service: 'things-prod', operation: 'socket.connect' },
    });
    expect(watched('WriterFailures')).toEqual([{ 'AWS/Lambda Errors': { FunctionName: 'WriterLambdaFunction' } }]);
  });

  it('goes at five in five minutes, at three in 15 where three are one event, tried as often as Lambda does', () => {
    expect(alarm('CreateThingFailures').Properties).toMatchObject({ Threshold: 5 });
    expect(alarm('WriterFailures').Properties).toMatchObject({ Threshold: 5, Period: 300 });
    expect(alarm('SweepFailures').Properties).toMatchObject({ Threshold: 3, Period: 900 });
    expect(alarm('ConfirmFailures').Properties).toMatchObject({ Threshold: 3 });
  });
});

describe('an alarm on scheduled work', () => {
  const scheduled = (schedule: unknown) =>
    exampleAlarms({ functions: { ...functions, sweep: { events: [{ schedule }] } } });

  it('goes when the function has not run for three intervals, and when nothing at all was measured', () => {
    expect(watched('SweepStopped')).toEqual([{ 'AWS/Lambda Invocations': { FunctionName: 'SweepLambdaFunction' } }]);
    expect(alarm('SweepStopped').Properties).toMatchObject({
      Statistic: 'Sum',
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      TreatMissingData: 'breaching',
    });
  });

  it.each<[unknown, number | undefined]>([
    ['rate(1 minute)', 900],
    ['rate(2 hours)', 21_600],
    [{ rate: ['rate(1 hour)', 'rate(10 minutes)'] }, 1800],
    ['rate(10 hours)', 86_400],
    ['rate(2 days)', undefined],
    ['cron(0 12 ? * MON *)', undefined],
  ])('watches %j over %s seconds: nothing where it runs more seldom than an alarm can see', (schedule, period) => {
    expect(scheduled(schedule)['SweepStoppedAlarm']?.Properties?.['Period']).toBe(period);
  });

  it('is of no other function', () => {
    expect(Object.keys(exampleAlarms()).filter((id) => id.endsWith('StoppedAlarm'))).toEqual(['SweepStoppedAlarm']);
  });
});

describe('an alarm on a sum', () => {
  it('goes on what there is, where the other metrics have no data, and not where none has', () => {
    const failures = alarm('CreateThingFailures');

    expect(alarmsOn(failures, { m0: 0, m1: 5 })).toBe(true);
    expect(alarmsOn(failures, { m1: 5 })).toBe(true);
    expect(alarmsOn(alarm('ThingsThrottles'), { m3: 1 })).toBe(true);
    expect(alarmsOn(alarm('ThingsThrottles'), {})).toBe(false);
  });
});

describe('the alarms of what a service may well declare', () => {
  const dead = (target: unknown) => ({
    resources: {
      Commands: { Type: 'AWS::SQS::Queue', Properties: { RedrivePolicy: { deadLetterTargetArn: target } } },
      Failed: { Type: 'AWS::SQS::Queue' },
    },
  });

  it.each([
    ['GetAtt as a list', { 'Fn::GetAtt': ['Failed', 'Arn'] }, true],
    ['GetAtt as a text', { 'Fn::GetAtt': 'Failed.Arn' }, true],
    ['an ARN', 'arn:aws:sqs:eu-west-1:123456789012:elsewhere', false],
    ['an ARN with variables', { 'Fn::Sub': 'arn:${AWS::Partition}:sqs:elsewhere' }, false],
  ])('know dead letters by %s', (_form, target, isKnown) => {
    expect('FailedNotEmptyAlarm' in exampleAlarms(dead(target))).toBe(isKnown);
    expect('FailedBacklogAlarm' in exampleAlarms(dead(target))).toBe(!isKnown);
  });

  it('need neither functions nor events', () => {
    expect(Object.keys(exampleAlarms({ functions: {}, resources: {} }))).toEqual(['AlertsTopic', 'AlertsTopicPolicy']);
    expect(exampleAlarms({ functions: { idle: { events: null } } })).toHaveProperty('IdleFailuresAlarm');
  });

  it('have ids of their own that CloudFormation takes, whatever functions are called', () => {
    const called = (...keys: string[]) => Object.fromEntries(keys.map((key) => [key, functions.createThing]));

    const ids = Object.keys(exampleAlarms({ functions: called('get-thing', 'getThing', 'get_thing') }));

    expect(ids.filter((id) => id.endsWith('FailuresAlarm'))).toHaveLength(3);
    expect(ids.filter((id) => !/^[A-Za-z\d]+$/.test(id))).toEqual([]);
  });
});

describe('a function’s alarm on its time-out', () => {
  it('goes in milliseconds, by its own time-out, and only where no gateway tells', () => {
    expect(alarm('WriterNearTimeout').Properties).toMatchObject({ MetricName: 'Duration', Threshold: 8600 });
    expect(alarm('SweepNearTimeout').Properties).toMatchObject({ Threshold: 25_000 });
    expect(exampleAlarms()).not.toHaveProperty('CreateThingNearTimeoutAlarm');
    expect(alarm('ApiNearTimeout').Properties).toMatchObject({ MetricName: 'IntegrationLatency', Threshold: 25_000 });
  });
});

describe('alarms on an API', () => {
  it('name an HTTP API’s metrics by its id', () => {
    const declared = { functions: { createThing: functions.createThing } };

    expect(watched('Api5xx', declared)).toEqual([
      { 'AWS/ApiGateway 5xx': { ApiId: 'HttpApi', Stage: '$default' } },
      { 'AWS/ApiGateway Count': { ApiId: 'HttpApi', Stage: '$default' } },
    ]);
  });

  it('name a REST API’s by its name', () => {
    const declared = { functions: { listThings: functions.listThings } };

    expect(watched('Api5xx', declared)).toEqual([
      { 'AWS/ApiGateway 5XXError': { ApiName: 'things-prod', Stage: 'prod' } },
      { 'AWS/ApiGateway Count': { ApiName: 'things-prod', Stage: 'prod' } },
    ]);
  });

  it('go at 1 % of answers 5xx, but not at one error in the quiet of the night', () => {
    const rate = alarm('Api5xx');

    expect(alarmsOn(rate, { errors: 1, requests: 2 })).toBe(false);
    expect(alarmsOn(rate, { errors: 5, requests: 500 })).toBe(true);
    expect(alarmsOn(rate, { errors: 5, requests: 501 })).toBe(false);
  });

  it('go at a p95 over a second, but not at a few cold starts', () => {
    const latency = alarm('ApiLatency');

    expect(alarmsOn(latency, { latency: 4000, requests: 19 })).toBe(false);
    expect(alarmsOn(latency, { latency: 1000, requests: 20 })).toBe(true);
    expect(alarmsOn(latency, { latency: 999, requests: 20 })).toBe(false);
  });
});

describe('alarms on throttling', () => {
  it('watch every function, ten in an alarm: CloudWatch takes no more', () => {
    const many = Object.fromEntries(Array.from({ length: 23 }, (_, index) => [`get${index}`, functions.createThing]));

    const groups = ['Throttles', 'Throttles2', 'Throttles3'].map((id) => watched(id, { functions: many }));

    expect(groups.map(({ length }) => length)).toEqual([10, 10, 3]);
    expect(new Set(groups.flat().map((each) => JSON.stringify(each))).size).toBe(23);
  });

  it('watch a table with its indexes, which its own metrics leave out', () => {
    const onIndex = { TableName: 'Things', GlobalSecondaryIndexName: 'owner-index' };

    expect(watched('ThingsThrottles')).toEqual([
      { 'AWS/DynamoDB ReadThrottleEvents': { TableName: 'Things' } },
      { 'AWS/DynamoDB WriteThrottleEvents': { TableName: 'Things' } },
      { 'AWS/DynamoDB ReadThrottleEvents': onIndex },
      { 'AWS/DynamoDB WriteThrottleEvents': onIndex },
    ]);
  });
});

describe('alarms on queues', () => {
  it('tell queues from those that hold what has failed: of queues, of streams and of functions', () => {
    const ids = Object.keys(exampleAlarms());

    expect(ids.filter((id) => id.endsWith('BacklogAlarm'))).toEqual(['CommandsBacklogAlarm']);
    expect(ids.filter((id) => id.endsWith('NotEmptyAlarm'))).toEqual([
      'FailedCommandsNotEmptyAlarm',
      'UnreadNotEmptyAlarm',
      'UnconfirmedNotEmptyAlarm',
    ]);
  });

  it('go when the oldest message is old, or many wait', () => {
    const backlog = alarm('CommandsBacklog');

    expect(alarmsOn(backlog, { age: 300, depth: 1000 })).toBe(false);
    expect(alarmsOn(backlog, { age: 301, depth: 1 })).toBe(true);
    expect(alarmsOn(backlog, { age: 5, depth: 1001 })).toBe(true);
  });

  it('go when a stream is not kept up with, and when what failed could not be put aside', () => {
    expect(alarm('ReaderBehind').Properties).toMatchObject({ MetricName: 'IteratorAge', Threshold: 300_000 });
    expect(alarm('ReaderLostEvents').Properties).toMatchObject({ MetricName: 'DestinationDeliveryFailures' });
    expect(alarm('ConfirmLostEvents').Properties).toMatchObject({ MetricName: 'DestinationDeliveryFailures' });
  });
});

describe('what alarms tell', () => {
  it('is the service’s topic, which only CloudWatch may publish to, from this account', () => {
    const { AlertsTopic, AlertsTopicPolicy } = exampleAlarms();

    expect(AlertsTopic?.Properties).toEqual({ TopicName: 'things-alerts-prod' });
    expect(AlertsTopicPolicy?.Properties).toMatchObject({
      PolicyDocument: {
        Statement: [
          {
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          },
        ],
      },
    });
  });

  it('is mailed where an address is given', () => {
    expect(exampleAlarms({}, 'on-call@example.com')['AlertsByMail']?.Properties).toMatchObject({
      Protocol: 'email',
      Endpoint: 'on-call@example.com',
    });
    expect(exampleAlarms({}, '')).not.toHaveProperty('AlertsByMail');
  });
});
