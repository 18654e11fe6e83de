import { join } from 'node:path';
import { apis } from '@app/contracts/apis';
import {
  ofType,
  type PackagedService,
  packageEach,
  serviceNames,
  servicesFolder,
} from '@app/test-support/packagedService';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { loadTables } from '../../src/tables/index.ts';
import { restRoutesOf } from './restRoutes.ts';
import { roleOf, type Statement, statementsOf } from './roles.ts';

/** Actions that change stored data. A function behind a GET has none of them; one that answers 202 writes its request down. */
const isWrite = (action: string) => /^(dynamodb:(Put|Update|Delete|BatchWrite|PartiQL)|s3:(Put|Delete))/.test(action);

const functionOf = (operationId: string) => operationId.replace(/^patch/, 'update');

const packaged = packageEach(serviceNames);

describe.each(serviceNames)('the %s service, packaged', (name) => {
  const operations = apis[name] ?? [];
  let service: PackagedService;

  beforeAll(async () => {
    service = await (packaged[name] as Promise<PackagedService>);
  });

  const functions = () =>
    ofType(service, 'AWS::Lambda::Function').map(([id, properties]) => ({
      id,
      name: String(properties.FunctionName).replace(`${name}-dev-`, ''),
      properties,
    }));

  it('has a contract', () => {
    expect(operations.length).toBeGreaterThan(0);
  });

  it('has one function and one archive for each operation, under its name', () => {
    const expected = new Set(operations.map(({ operationId }) => functionOf(operationId)));

    expect(functions().map((each) => each.name)).toEqual(expect.arrayContaining([...expected]));
    expect(service.archives).toEqual(expect.arrayContaining([...expected].map((each) => `${each}.zip`)));
  });

  it('routes each operation’s method and path', () => {
    const httpRoutes = ofType(service, 'AWS::ApiGatewayV2::Route').map(([, { RouteKey }]) => RouteKey);
    const restRoutes = restRoutesOf(service);

    const expected = operations.map(({ method, path }) => `${method} ${path}`);

    expect([...httpRoutes, ...restRoutes]).toEqual(expect.arrayContaining(expected));
  });

  const statements = () =>
    functions().flatMap(({ id }) => statementsOf(service.resources[roleOf(service, id)]?.Properties));

  it('gives every function a role of its own', () => {
    const roles = functions().map(({ id }) => roleOf(service, id));

    expect(new Set(roles).size).toBe(roles.length);
  });

  it('allows no action by wildcard, and none but tracing on everything', () => {
    const anywhere = statements().filter(({ Resource }) => [Resource].flat().includes('*'));

    expect(
      statements()
        .flatMap(({ Action }) => Action)
        .filter((action) => action.includes('*')),
    ).toEqual([]);
    expect(anywhere.flatMap(({ Action }) => Action).filter((action) => !action.startsWith('xray:'))).toEqual([]);
  });

  it('allows what it allows on resources of its own, named by reference', () => {
    const isOwn = (resource: unknown): boolean => {
      const text = JSON.stringify(resource);
      const names = [...text.matchAll(/"Fn::GetAtt":\["(\w+)"|"Ref":"(\w+)"|\$\{(\w+)(?:\.\w+)?\}/g)].map(
        ([, attribute, reference, inText]) => attribute ?? reference ?? inText ?? '',
      );
      const isNamed = [`:${name}-`, `/${name}-`, `/${name}/`].some((part) => text.includes(part));
      return isNamed || names.some((key) => key in service.resources);
    };
    const foreign = statements()
      .filter(({ Action }) => ![Action].flat().join().startsWith('xray:'))
      .filter(({ Resource }) => ![Resource].flat().every(isOwn));

    expect(foreign).toEqual([] satisfies Statement[]);
  });

  it('lets a function write to its own log group, and keeps every log for 30 days', () => {
    const groups = ofType(service, 'AWS::Logs::LogGroup').map(([, properties]) => properties);

    expect(groups.map(({ LogGroupName }) => LogGroupName)).toEqual(
      expect.arrayContaining(functions().map((each) => `/aws/lambda/${name}-dev-${each.name}`)),
    );
    expect(groups.filter(({ RetentionInDays }) => RetentionInDays !== 30)).toEqual([]);
    for (const { id, name: functionName } of functions()) {
      const logs = statementsOf(service.resources[roleOf(service, id)]?.Properties).filter(({ Action }) =>
        [Action].flat().every((action) => action.startsWith('logs:')),
      );
      expect(JSON.stringify(logs.map(({ Resource }) => Resource))).toContain(
        `/aws/lambda/${name}-dev-${functionName}:`,
      );
      expect(logs).toHaveLength(1);
    }
  });

  it('opens its functions to its gateway and nobody else', () => {
    const permissions = ofType(service, 'AWS::Lambda::Permission');
    const invokers = permissions.map(([, { Principal }]) => Principal);

    expect(invokers.length).toBeGreaterThanOrEqual(operations.length - 1); // PATCH shares PUT's
    expect(invokers.filter((principal) => !/^(apigateway|s3|events)\.amazonaws\.com$/.test(String(principal)))).toEqual(
      [],
    );
    expect(permissions.filter(([, { SourceArn }]) => SourceArn === undefined)).toEqual([]);
    expect(ofType(service, 'AWS::Lambda::Url')).toEqual([]);
    expect(functions().filter(({ properties }) => 'VpcConfig' in properties)).toEqual([]);
  });

  it('has no role that no function has, and sets nothing of the whole account', () => {
    const roles = ofType(service, 'AWS::IAM::Role').map(([id]) => id);

    expect(roles.toSorted()).toEqual(
      functions()
        .map(({ id }) => roleOf(service, id))
        .toSorted(),
    );
    expect(ofType(service, 'AWS::ApiGateway::Account')).toEqual([]);
  });

  it('names account and region in every ARN', () => {
    const wild = JSON.stringify(statements()).match(
      /arn:[^:"]+:[^:"]*:[^:"]*\*[^:"]*:|arn:[^:"]+:[^:"]*:[^:"]*:[^:"]*\*[^:"]*:/g,
    );

    expect(wild).toBeNull();
  });

  it('logs every access at its gateways, and limits them', () => {
    const stages = ofType(service, 'AWS::ApiGatewayV2::Stage');
    const deployments = ofType(service, 'AWS::ApiGateway::Deployment');
    const groups = ofType(service, 'AWS::Logs::LogGroup').map(([, { LogGroupName }]) => String(LogGroupName));

    expect(stages.length + deployments.length).toBeGreaterThan(0);
    for (const [, stage] of stages)
      expect(stage).toMatchObject({
        AccessLogSettings: { Format: expect.stringContaining('"integrationError":"$context') },
        DefaultRouteSettings: { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 },
      });
    for (const [, deployment] of deployments) {
      expect(groups.some((group) => group.startsWith('/aws/api-gateway/'))).toBe(true); // the framework sets it after the stack
      expect(deployment).toMatchObject({
        StageDescription: {
          MethodSettings: [{ ThrottlingRateLimit: 100 }, { HttpMethod: 'POST', ThrottlingRateLimit: 50 }],
        },
      });
    }
  });

  it('takes no more of the account’s concurrency for a queue than its stage allows', () => {
    const queues = ofType(service, 'AWS::Lambda::EventSourceMapping').filter(([id]) => id.includes('SQS'));

    expect(queues.filter(([, { ScalingConfig }]) => ScalingConfig === undefined)).toEqual([]);
    expect(queues).toHaveLength(name === 'items' ? 3 : 0);
  });

  it('keeps messages in a queue for a shorter time than their dead letters', () => {
    const queues = Object.fromEntries(ofType(service, 'AWS::SQS::Queue'));
    const redriven = Object.values(queues).filter(({ RedrivePolicy }) => RedrivePolicy !== undefined);

    for (const { RedrivePolicy, MessageRetentionPeriod } of redriven) {
      const target = (RedrivePolicy as { deadLetterTargetArn: { 'Fn::GetAtt': [string, string] } }).deadLetterTargetArn;
      expect(Number(MessageRetentionPeriod)).toBeLessThan(
        Number(queues[target['Fn::GetAtt'][0]]?.['MessageRetentionPeriod']),
      );
    }
    expect(redriven).toHaveLength(name === 'items' ? 3 : 0);
  });

  it('is watched by nothing that costs money, in a stage that does not ask for it', () => {
    const types = Object.values(service.resources).map(({ Type }) => Type);

    expect(types.filter((type) => /^AWS::(CloudWatch|SNS)::/.test(type))).toEqual([]);
  });

  it('tells its URL and its tables in its outputs', () => {
    const title = `${name[0]?.toUpperCase()}${name.slice(1)}`;

    expect(Object.keys(service.outputs)).toEqual(
      expect.arrayContaining([`${title}ApiUrl`, `${title}TableName`, `${title}TableArn`]),
    );
  });

  it('gives the functions behind GET no right to write', () => {
    const reads = operations.filter(({ method }) => method === 'GET').map(({ operationId }) => operationId);
    const readers = functions().filter((each) => reads.includes(each.name));

    const accepting = new Set(
      operations.filter(({ responses }) => 202 in responses).map(({ operationId }) => operationId),
    );

    expect(readers).toHaveLength(reads.length);
    for (const { id, name: reader } of readers) {
      const granted = statementsOf(service.resources[roleOf(service, id)]?.Properties);
      const written = granted.flatMap(({ Action, Resource }) => ([Action].flat().some(isWrite) ? [Resource] : []));
      const mayBeWritten = accepting.has(reader) ? [{ 'Fn::GetAtt': ['RequestsTable', 'Arn'] }] : [];
      expect(written).toEqual(mayBeWritten);
    }
  });

  it('runs every function with memory and time-out set, on arm64, traced', () => {
    for (const { properties } of functions()) {
      expect(properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        MemorySize: name === 'users' ? 256 : 512,
        TracingConfig: { Mode: 'Active' },
      });
      expect(properties.Timeout).toBeLessThanOrEqual(29);
    }
  });

  it('has tables that are encrypted, with a stream, and that go with a stage that is not durable', () => {
    const tables = Object.entries(service.resources).filter(([, { Type }]) => Type === 'AWS::DynamoDB::Table');

    expect(tables.length).toBeGreaterThan(0);
    for (const [, table] of tables) {
      expect(table).toMatchObject({
        DeletionPolicy: 'Delete',
        UpdateReplacePolicy: 'Delete',
        Properties: {
          BillingMode: 'PAY_PER_REQUEST',
          DeletionProtectionEnabled: false,
          SSESpecification: { SSEEnabled: true },
          StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
        },
      });
    }
  });

  it('lets rows that expire go by their ttl, and no others', async () => {
    const tables = await loadTables(join(servicesFolder, name));
    const expiring = Object.entries(tables)
      .filter(([, { expires, resource }]) => expires ?? resource?.properties.includes('expiresAt'))
      .map(([exported]) => exported.charAt(0).toUpperCase() + exported.slice(1));

    const withTtl = ofType(service, 'AWS::DynamoDB::Table').filter(([, table]) => 'TimeToLiveSpecification' in table);

    expect(withTtl.map(([id]) => id).toSorted()).toEqual(expiring.toSorted());
    for (const [, { TimeToLiveSpecification }] of withTtl)
      expect(TimeToLiveSpecification).toEqual({ AttributeName: 'ttl', Enabled: true });
  });
});
