import { describe, expect, it } from '@jest/globals';
import type { Template, TemplateResource } from '../../src/deployment/template.ts';
import { leastPrivilege } from '../../src/leastPrivilege/leastPrivilege.ts';

const permission = (more: Record<string, unknown> = {}): TemplateResource => ({
  Type: 'AWS::Lambda::Permission',
  Properties: { Principal: 'apigateway.amazonaws.com', ...more },
});

const role = (...Action: string[]): TemplateResource => ({
  Type: 'AWS::IAM::Role',
  Properties: { Policies: [{ PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource: 'arn' }] } }] },
});

const templateOf = (resources: Template['Resources'] = {}): Template => ({
  Resources: { IamRoleLambdaExecution: role('dynamodb:GetItem'), ...resources },
});

const after = (template: Template) => {
  leastPrivilege(template);
  return template.Resources;
};

describe('a template', () => {
  it('loses the role that no function has', () => {
    expect(after(templateOf())).toEqual({});
  });

  it.each([
    ['Fn::GetAtt', { 'Fn::GetAtt': ['IamRoleLambdaExecution', 'Arn'] }],
    ['Fn::Sub', { 'Fn::Sub': '${IamRoleLambdaExecution.Arn}' }],
    ['Ref', { Ref: 'IamRoleLambdaExecution' }],
  ])('is refused where a function has that role, by %s', (_way, Role) => {
    const template = templateOf({ GetNoteLambdaFunction: { Type: 'AWS::Lambda::Function', Properties: { Role } } });

    expect(() => leastPrivilege(template)).toThrow(
      'GetNoteLambdaFunction: uses the role that all functions would share',
    );
  });

  it('is refused where a resource depends on that role', () => {
    const template = templateOf({ Other: { Type: 'AWS::SQS::Queue', DependsOn: ['IamRoleLambdaExecution'] } });

    expect(() => leastPrivilege(template)).toThrow('Other: uses the role');
  });

  it('lets its own WebSocket API invoke its functions, and no other', () => {
    const { Connect } = after(templateOf({ WebsocketsApi: { Type: 'AWS::ApiGatewayV2::Api' }, Connect: permission() }));

    expect(Connect?.Properties?.['SourceArn']).toEqual({
      'Fn::Sub': 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${WebsocketsApi}/*',
    });
  });

  it.each(['SourceArn', 'SourceAccount'])('keeps the %s of a permission that has one', (name) => {
    const given = permission({ [name]: 'its own' });

    expect(after(templateOf({ Invoke: given }))).toEqual({ Invoke: permission({ [name]: 'its own' }) });
  });

  it.each([
    ['s3.amazonaws.com', permission({ Principal: 's3.amazonaws.com' })],
    ['apigateway.amazonaws.com', permission()],
  ])('is refused where it lets %s invoke a function whoever asks it to', (principal, given) => {
    expect(() => leastPrivilege(templateOf({ Invoke: given }))).toThrow(`Invoke lets ${principal} invoke a function`);
  });

  it('lets no function make log groups, which are in the template', () => {
    const template = templateOf({ Own: role('logs:CreateLogStream', 'logs:CreateLogGroup', 'logs:TagResource') });

    expect(after(template)).toEqual({ Own: role('logs:CreateLogStream', 'logs:TagResource') });
  });
});
