import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Resources } from '../framework/types.ts';
import type { Resolve } from '../template/resolver.ts';
import { account } from '../template/resources.ts';
import type { Shortfall } from './judge.ts';
import type { Role } from './roles.ts';

/** Where a service's functions and resources are written. */
export interface ServiceSource {
  readonly folder: string;
  readonly root: string;
  readonly resources: Resources;
  /** Parameters' names, as `custom.secrets` has them. */
  readonly secrets?: Readonly<Record<string, unknown>>;
  readonly resolve: Resolve;
}

/** As AWS words it. https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
export const denialMessage = ({ functionName }: Role, { need, effect, deniedBy }: Shortfall): string => {
  const { action, arn } = need;
  const user = `arn:aws:sts::${account}:assumed-role/${functionName}-role/${functionName}`;
  const why =
    effect === 'denied'
      ? `with an explicit deny in ${deniedBy === 'resource' ? 'a resource-based' : 'an identity-based'} policy`
      : `because no identity-based policy allows the ${action} action`;
  return `User: ${user} is not authorized to perform: ${action} on resource: ${arn} ${why}`;
};

/** The file of a service that has the function: its key at the beginning of a line, and under it a handler. */
const fileOf = ({ key }: Role, { folder, root }: ServiceSource): string => {
  const isKey = new RegExp(`^( *)${key}:(?:[^\\n]*\\n+\\1 )*?[^\\n]*\\bhandler:`, 'm');
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.yml')) : [];
  const found = files.find((name) => isKey.test(readFileSync(join(folder, name), 'utf8')));
  return relative(root, join(folder, found ?? 'serverless.yml'));
};

/** An ARN that a template can name wherever it is deployed, though not by a resource of its own. */
const inAnyAccount = (arn: string): string => {
  const [prefix, , service, region, owner, ...resource] = arn.split(':');
  if (resource.length === 0) return `'${arn}'`;
  const place = `${region && '${AWS::Region}'}:${owner && '${AWS::AccountId}'}`;
  const name = resource.join(':').replaceAll(account, '${AWS::AccountId}').replaceAll("'", "''");
  return `!Sub '${prefix}:\${AWS::Partition}:${service}:${place}:${name}'`;
};

/** An ARN as a template would name it: by the resource that it is of, where that is one of the service's. */
const inTemplate = (arn: string, { resources, secrets = {}, resolve }: ServiceSource): string => {
  for (const [name, parameter] of Object.entries(secrets))
    if (arn.endsWith(`:parameter${String(parameter)}`))
      return `!Sub 'arn:\${AWS::Partition}:ssm:\${AWS::Region}:\${AWS::AccountId}:parameter\${self:custom.secrets.${name}}'`;
  for (const logicalId of Object.keys(resources)) {
    const own = resolve({ 'Fn::GetAtt': [logicalId, 'Arn'] });
    if (own === arn) return `!GetAtt ${logicalId}.Arn`;
    if (typeof own === 'string' && arn.startsWith(`${own}/`))
      return `!Sub '\${${logicalId}.Arn}/${own.startsWith('arn:aws:s3:') ? '*' : arn.slice(own.length + 1)}'`;
  }
  return inAnyAccount(arn.replace(/(?<=@connections\/|^arn:aws:s3:::[^/]+\/).*/s, '*'));
};

/** What the terminal says of a call that a role does not allow: who, what, where, and the statement to add. */
export const denialAdvice = (role: Role, shortfall: Shortfall, source: ServiceSource | undefined): string => {
  const { need, effect } = shortfall;
  const what = `${role.service}:${role.key} may not ${need.action} on ${need.arn}`;
  if (effect === 'denied') return `${what}: a policy denies it.`;
  if (!source) return `${what}.`;
  const statement = `- { Effect: Allow, Action: ${need.action}, Resource: ${inTemplate(need.arn, source)} }`;
  return `${what}.\n  Add to its iamRoleStatements in ${fileOf(role, source)}:\n    ${statement}`;
};
