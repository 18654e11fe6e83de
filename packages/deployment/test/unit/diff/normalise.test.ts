import { describe, expect, it } from '@jest/globals';
import { anything, array, assert, constantFrom, dictionary, property, string } from 'fast-check';
import { asReturned } from '../../../src/diff/template/asReturned.ts';
import { canonical, shown } from '../../../src/diff/template/canonical.ts';
import type { Resource, Value } from '../../../src/diff/template/template.ts';
import { actionsOf, diffOf, lambda, role, table, templateOf } from '../../support/templates.ts';

const bucket = { ServerlessDeploymentBucket: { Type: 'AWS::S3::Bucket' } };

const rest = (deployment: string, path: string) => ({
  [deployment]: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: { Ref: 'Api' } } },
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: path } },
  Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { DeploymentId: { Ref: deployment } } },
});

const webSocket = (deployment: string) => ({
  [deployment]: { Type: 'AWS::ApiGatewayV2::Deployment', Properties: { ApiId: { Ref: 'WebsocketsApi' } } },
  WebsocketsApi: { Type: 'AWS::ApiGatewayV2::Api' },
  WebsocketsDeploymentStage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { DeploymentId: { Ref: deployment } } },
});

describe('what differs without meaning', () => {
  it('is where archives are, and the time in the id of a REST deployment', () => {
    const later = { deployedAt: '1795899999999-2026-11-28T21:06:39.999Z' };

    expect(actionsOf(diffOf({ ...bucket, ...lambda() }, { ...bucket, ...lambda(later) }))).toEqual([]);
    expect(actionsOf(diffOf(rest('ApiGatewayDeployment1', 'a'), rest('ApiGatewayDeployment2', 'a')))).toEqual([]);
  });

  it('is the hash in the id of a WebSocket deployment', () => {
    const [left, right] = ['t21t3Q3LoUWYjZ8JPaGj0LnWIsD3ZaB6oUAEVn72k', 'u21t3Q3LoUWYjZ8JPaGj0LnWIsD3ZaB6oUAEVn72k'];

    const diff = diffOf(webSocket(`WebsocketsDeployment${left}`), webSocket(`WebsocketsDeployment${right}`));

    expect(actionsOf(diff)).toEqual([]);
  });

  it('is how a text is made', () => {
    const arn = (value: Value) => ({ Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: value } } });
    const spellings: Value[] = [
      { 'Fn::Join': [':', ['arn', { Ref: 'AWS::Partition' }, { 'Fn::GetAtt': ['Table', 'Arn'] }]] },
      { 'Fn::Sub': 'arn:${AWS::Partition}:${Table.Arn}' },
      { 'Fn::Sub': ['arn:${which}:${Table.Arn}', { which: { Ref: 'AWS::Partition' } }] },
      { 'Fn::Join': ['', ['arn:', { 'Fn::Sub': '${AWS::Partition}' }, ':', { 'Fn::GetAtt': 'Table.Arn' }]] },
    ];

    for (const spelling of spellings)
      expect(actionsOf(diffOf(arn({ 'Fn::Sub': 'arn:${AWS::Partition}:${Table.Arn}' }), arn(spelling)))).toEqual([]);
  });

  it('is not a text that only looks like a reference', () => {
    const named = (value: Value) => ({ Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: value } } });

    expect(actionsOf(diffOf(named({ Ref: 'Table' }), named('${Table}')))).toEqual(['Topic changed']);
    expect(actionsOf(diffOf(named({ 'Fn::Sub': '${!Table}' }), named('${Table}')))).toEqual([]);
  });

  it('is DependsOn, and one value for a list of one in a policy', () => {
    const statement = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: 'arn:q' };
    const listed = { Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: ['arn:q'] };

    expect(actionsOf(diffOf({ Role: role(statement) }, { Role: role(listed) }))).toEqual([]);
    expect(actionsOf(diffOf({ T: table() }, { T: { ...table(), DependsOn: 'Role' } as Resource }))).toEqual([]);
  });
});

describe('characters beyond ASCII', () => {
  const named = (DisplayName: string) =>
    templateOf({ Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName } } });

  it('are question marks where CloudFormation has made them such', () => {
    expect(asReturned(named('Grüße 🎉'), named('Gr??e ?'))).toEqual(named('Gr??e ?'));
    expect(asReturned(named('Grüße'), named('Füße'))).toEqual(named('Grüße'));
  });
});

describe('a function', () => {
  it('counts as changed by the hash of its code', () => {
    const { changes } = diffOf({ ...bucket, ...lambda() }, { ...bucket, ...lambda({ hash: 'bbbb' }) });

    expect(changes.map(({ id, properties }) => [id, properties.map(({ path }) => path.join('.'))])).toEqual([
      ['GetNoteLambdaFunction', ['Code']],
    ]);
  });

  it('has unknown code where no version says its hash', () => {
    const { GetNoteLambdaFunction: own } = lambda();
    const functions = { ...bucket, GetNoteLambdaFunction: own as Resource };

    expect(diffOf(functions, functions).notes).toEqual([
      'The code of GetNoteLambdaFunction has no hash in the template: whether it changes is unknown.',
    ]);
  });
});

const values = anything({ maxDepth: 3, withNullPrototype: false }).map(
  (value) => JSON.parse(JSON.stringify({ value })) as Record<string, Value>,
);
const resources = dictionary(string({ minLength: 1 }), values).map((each) =>
  Object.fromEntries(
    Object.entries(each).map(([id, properties]) => [`R${id}`, { Type: 'AWS::SNS::Topic', Properties: properties }]),
  ),
);

const reversed = (value: Value): Value => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, each]) => [name, reversed(each)]),
  );
};

describe('any template', () => {
  it('does not differ from itself', () => {
    assert(
      property(resources, (each) =>
        expect(diffOf(each, each)).toMatchObject({ changes: [], rights: [], refusals: [] }),
      ),
    );
  });

  it('does not differ from itself in another order', () => {
    assert(
      property(resources, (each) =>
        expect(actionsOf(diffOf(each, reversed(each as unknown as Value) as never))).toEqual([]),
      ),
    );
  });

  it('has one canonical form', () => {
    assert(property(values, (value) => expect(canonical(canonical(value))).toEqual(canonical(value))));
  });

  it('has policies and index lists without order', () => {
    const names = array(constantFrom('a', 'b', 'c', 'd'), { minLength: 1 });

    assert(
      property(names, constantFrom('Action', 'Dimensions', 'AlarmActions'), (list, name) =>
        expect(shown(canonical({ [name]: list }))).toBe(shown(canonical({ [name]: list.toReversed() }))),
      ),
    );
    expect(canonical({ Layers: ['b', 'a'] })).toEqual({ Layers: ['b', 'a'] });
  });
});
