import { shown } from '../template/canonical.ts';
import { isList, isObject, type Properties, type Resource, type Template, type Value } from '../template/template.ts';

type Statement = { readonly [name: string]: Value };

/** One thing that a policy allows or denies. Texts are patterns, as policies have them; references read `${Table.Arn}`. */
export interface Grant {
  /** The logical id of the role, policy or permission that says it. */
  readonly id: string;
  readonly effect: 'Allow' | 'Deny';
  readonly action: string;
  readonly resource: string;
  /** Who may; empty in a role's own policy, which is about the role. */
  readonly principal: string;
  /** Empty where it holds always. */
  readonly condition: string;
}

const many = (value: Value | undefined): readonly Value[] => {
  if (value === undefined) return [];
  return isList(value) ? value : [value];
};

const orNone = (texts: readonly string[]): readonly string[] => (texts.length > 0 ? texts : ['']);

/** `NotAction` and its kin hold for all but what they name: told apart by a `not`. */
const patterns = (statement: Statement, name: string): readonly string[] =>
  orNone([
    ...many(statement[name]).map(shown),
    ...(statement[`Not${name}`] === undefined ? [] : [`not ${many(statement[`Not${name}`]).map(shown).join(', ')}`]),
  ]);

const principalsIn = (value: Value | undefined): string[] =>
  isObject(value) && value['Fn::Sub'] === undefined
    ? Object.entries(value).flatMap(([kind, names]) => many(names).map((name) => `${kind}:${shown(name)}`))
    : many(value).map((name) => `AWS:${shown(name)}`);

const principals = ({ Principal: who, NotPrincipal: notWho }: Statement): readonly string[] =>
  orNone([...principalsIn(who), ...(notWho === undefined ? [] : [`not ${principalsIn(notWho).join(', ')}`])]);

const grantsOfStatement = (id: string, statement: Statement): Grant[] => {
  const condition = statement['Condition'] === undefined ? '' : JSON.stringify(statement['Condition']);
  const effect = statement['Effect'] === 'Deny' ? 'Deny' : 'Allow';
  return patterns(statement, 'Action').flatMap((action) =>
    patterns(statement, 'Resource').flatMap((resource) =>
      principals(statement).map((principal) => ({ id, effect, action, resource, principal, condition })),
    ),
  );
};

/** Every statement anywhere in a resource: of roles, managed policies, and policies of buckets, queues, topics and keys. */
const statementsIn = (value: Value): Statement[] => {
  if (isList(value)) return value.flatMap(statementsIn);
  if (!isObject(value)) return [];
  const own = isList(value['Statement']) ? value['Statement'].filter(isObject) : [];
  return own.length > 0 ? own : Object.values(value).flatMap(statementsIn);
};

const permissionSources = ['SourceArn', 'SourceAccount', 'EventSourceToken', 'PrincipalOrgID', 'FunctionUrlAuthType'];

const permissionGrant = (id: string, properties: Properties): Grant => ({
  id,
  effect: 'Allow',
  action: many(properties['Action']).map(shown).join(', '),
  resource: shown(properties['FunctionName']),
  principal: shown(properties['Principal']),
  condition: permissionSources
    .flatMap((name) => (properties[name] === undefined ? [] : [`${name} ${shown(properties[name])}`]))
    .join(', '),
});

const managed = (id: string, properties: Properties): Grant[] =>
  many(properties['ManagedPolicyArns']).map((arn) => ({
    id,
    effect: 'Allow',
    action: `all of ${shown(arn)}`,
    resource: '',
    principal: '',
    condition: '',
  }));

const grantsOfResource = (id: string, { Type: type, Properties: properties = {} }: Resource): Grant[] =>
  type === 'AWS::Lambda::Permission'
    ? [permissionGrant(id, properties)]
    : [
        ...statementsIn(properties).flatMap((statement) => grantsOfStatement(id, statement)),
        ...managed(id, properties),
      ];

/** All that a normalised template's policies say. */
export const grantsOf = ({ Resources: resources }: Template): Grant[] =>
  Object.entries(resources).flatMap(([id, resource]) => grantsOfResource(id, resource));
