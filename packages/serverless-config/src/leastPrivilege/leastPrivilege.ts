import { ofType, type Template, type TemplateResource } from '../deployment/template.ts';

/** The framework's one role for all functions, with all their rights. Each function here has a role of its own. */
const sharedRole = 'IamRoleLambdaExecution';

interface Statement {
  Action?: string | string[];
}

const mentions = (resource: TemplateResource, logicalId: string) =>
  JSON.stringify(resource).match(new RegExp(`"${logicalId}"|\\$\\{${logicalId}(\\.|\\})`)) !== null;

/** Throws where something needs it: a function without `iamRoleStatements`. */
const dropSharedRole = ({ Resources }: Template) => {
  const users = Object.entries(Resources).filter(([id, each]) => id !== sharedRole && mentions(each, sharedRole));
  if (users.length > 0)
    throw new Error(
      `${users.map(([id]) => id).join(', ')}: uses the role that all functions would share. Give the function its own: iamRoleStatements, [] where it needs nothing.`,
    );
  delete Resources[sharedRole];
};

const socketsOfOurs = {
  'Fn::Sub': 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${WebsocketsApi}/*',
};

/** The framework lets any WebSocket API of any account invoke a function: ours alone may. Throws for what else is open. */
const narrowPermissions = (template: Template) => {
  for (const [id, { Properties = {} }] of ofType(template, 'AWS::Lambda::Permission')) {
    if (Properties['SourceArn'] ?? Properties['SourceAccount']) continue;
    if (Properties['Principal'] !== 'apigateway.amazonaws.com' || !template.Resources['WebsocketsApi'])
      throw new Error(
        `${id} lets ${String(Properties['Principal'])} invoke a function whoever asks it to: it needs a SourceArn.`,
      );
    Properties['SourceArn'] = socketsOfOurs;
  }
};

const creation = 'logs:CreateLogGroup';

/** The template has every log group: one made by a late line after a removal would be kept for ever, and block the next deployment. */
const dropLogGroupCreation = (template: Template) => {
  for (const [, { Properties = {} }] of ofType(template, 'AWS::IAM::Role'))
    for (const { PolicyDocument } of (Properties['Policies'] ?? []) as { PolicyDocument: { Statement: Statement[] } }[])
      for (const statement of PolicyDocument.Statement)
        if (Array.isArray(statement.Action))
          statement.Action = statement.Action.filter((action) => action !== creation);
};

/** Takes from a template what the framework and its plugins grant beyond what is needed. Throws where it cannot. */
export const leastPrivilege = (template: Template): void => {
  dropSharedRole(template);
  narrowPermissions(template);
  dropLogGroupCreation(template);
};
