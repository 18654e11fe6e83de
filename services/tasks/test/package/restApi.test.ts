import { ofType, type PackagedService, packageService } from '@app/test-support/packagedService';
import { beforeAll, describe, expect, it } from '@jest/globals';

describe('a REST API, packaged', () => {
  let service: PackagedService;

  beforeAll(async () => {
    service = await packageService('tasks');
  });

  it('has a regional endpoint', () => {
    const [[, api] = []] = ofType(service, 'AWS::ApiGateway::RestApi');

    expect(api).toMatchObject({ EndpointConfiguration: { Types: ['REGIONAL'] } });
  });

  it('names its operations and documents their bodies, from the contract', () => {
    const methods = ofType(service, 'AWS::ApiGateway::Method').map(([, { OperationName }]) => OperationName);
    const models = ofType(service, 'AWS::ApiGateway::Model').map(([, { Name }]) => Name);

    expect(methods.filter(Boolean)).toEqual(
      expect.arrayContaining(['createTask', 'getTask', 'listTasks', 'updateTask', 'patchTask', 'deleteTask']),
    );
    expect(models).toEqual(['CreateTaskBody', 'UpdateTaskBody', 'PatchTaskBody']);
  });

  it('has its gateway responses before the deployment that must hold them', () => {
    const responses = ofType(service, 'AWS::ApiGateway::GatewayResponse').map(([id]) => id);
    const waiting = Object.values(service.resources as Record<string, { Type: string; DependsOn?: string[] }>)
      .filter(({ Type }) => Type === 'AWS::ApiGateway::Method')
      .flatMap(({ DependsOn = [] }) => DependsOn);

    expect(responses.length).toBeGreaterThan(10);
    expect(waiting).toEqual(expect.arrayContaining(responses));
  });

  it('answers preflights on each of its paths', () => {
    const preflights = ofType(service, 'AWS::ApiGateway::Method').filter(([id]) => id.endsWith('Options'));

    expect(preflights.map(([id]) => id)).toEqual([
      'ApiGatewayMethodTasksOptions',
      'ApiGatewayMethodTasksTaskidVarOptions',
    ]);
  });
});
