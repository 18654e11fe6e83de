import { apis } from '@app/contracts/apis';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { ofType, type PackagedService, packageService, serviceNames } from './packagedService.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
}

interface Role {
  readonly Policies: readonly { readonly PolicyDocument: { readonly Statement: readonly Statement[] } }[];
}

const statementsOf = (role: unknown) =>
  (role as Role).Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);

const actionsOf = (role: unknown) => statementsOf(role).flatMap(({ Action }) => Action);

const roleOf = ({ resources }: PackagedService, id: string) => {
  const role = resources[id]?.Properties.Role as { 'Fn::GetAtt': [string, string] };
  return role['Fn::GetAtt'][0];
};

/** Actions that change stored data. A function behind a GET has none of them. */
const isWrite = (action: string) => /^(dynamodb:(Put|Update|Delete|BatchWrite|PartiQL)|s3:(Put|Delete))/.test(action);

const functionOf = (operationId: string) => operationId.replace(/^patch/, 'update');

describe.each(serviceNames)('the %s service, packaged', (name) => {
  const operations = apis[name] ?? [];
  let service: PackagedService;

  beforeAll(async () => {
    service = await packageService(name);
  }, 60_000);

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

  it('gives every function a role of its own, with no wildcard but for tracing and logs', () => {
    const roles = functions().map(({ id }) => roleOf(service, id));

    expect(new Set(roles).size).toBe(roles.length);
    const statements = roles.flatMap((role) => statementsOf(service.resources[role]?.Properties));
    const anywhere = statements.filter(({ Resource }) => [Resource].flat().includes('*'));
    expect(statements.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toEqual([]);
    expect(anywhere.flatMap(({ Action }) => Action).filter((action) => !action.startsWith('xray:'))).toEqual([]);
  });

  it('gives the functions behind GET no right to write', () => {
    const reads = operations.filter(({ method }) => method === 'GET').map(({ operationId }) => operationId);
    const readers = functions().filter((each) => reads.includes(each.name));

    expect(readers).toHaveLength(reads.length);
    for (const { id } of readers) {
      const actions = actionsOf(service.resources[roleOf(service, id)]?.Properties);
      expect(name === 'items' ? [] : actions.filter(isWrite)).toEqual([]);
    }
  });

  it('runs every function as DESIGN says, with memory and time-out set', () => {
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

  it('keeps its tables: recovery, encryption, stream, and none deleted with the stack', () => {
    const tables = Object.entries(service.resources).filter(([, { Type }]) => Type === 'AWS::DynamoDB::Table');

    expect(tables.length).toBeGreaterThan(0);
    for (const [, table] of tables) {
      expect(table).toMatchObject({
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
        Properties: {
          BillingMode: 'PAY_PER_REQUEST',
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
          SSESpecification: { SSEEnabled: true },
          StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
        },
      });
    }
  });
});

interface RestResource {
  readonly ParentId: { readonly Ref?: string };
  readonly PathPart: string;
}

/** `METHOD /path` for every method of a REST API, its path put together from the tree of resources. */
const restRoutesOf = (service: PackagedService) => {
  const nodes = new Map(
    ofType(service, 'AWS::ApiGateway::Resource').map(([id, node]) => [id, node as unknown as RestResource]),
  );
  const pathOf = (id: string | undefined): string => {
    const node = id === undefined ? undefined : nodes.get(id);
    return node ? `${pathOf(node.ParentId.Ref)}/${node.PathPart}` : '';
  };
  return ofType(service, 'AWS::ApiGateway::Method').map(
    ([, { HttpMethod, ResourceId }]) => `${String(HttpMethod)} ${pathOf((ResourceId as { Ref?: string }).Ref)}`,
  );
};
