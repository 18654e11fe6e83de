import type { Serverless } from '../framework/types.ts';
import type { Resolve } from '../template/resolver.ts';
import { listOf, type OneOrMore, type Statement } from './statements.ts';

/** A function and the statements of its role, with the names of local resources. */
export interface Role {
  /** As deployed: `<service>-<stage>-<key>`. */
  readonly functionName: string;
  readonly service: string;
  /** The function's name in its service. */
  readonly key: string;
  readonly statements: readonly Statement[];
}

interface Given extends Omit<Statement, 'Resource' | 'NotResource'> {
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
}

const textsOf = (resources: unknown, resolve: Resolve) =>
  listOf(resources).map((each) => {
    const resolved = resolve(each);
    return typeof resolved === 'string' ? resolved : JSON.stringify(resolved);
  });

const resolved = (statement: Given, resolve: Resolve): Statement => {
  const { Resource, NotResource, ...others } = resolve(statement) as Given;
  return {
    ...(others as Statement),
    ...(Resource !== undefined && { Resource: textsOf(Resource, resolve) }),
    ...(NotResource !== undefined && { NotResource: textsOf(NotResource, resolve) }),
  };
};

/**
 * The roles of a service's functions: their own statements, and those of the provider where they inherit them, as
 * serverless-iam-roles-per-function decides it. A function without statements of its own has the provider's role.
 */
export const rolesOf = (serverless: Serverless, resolve: Resolve): Role[] => {
  const { service, provider, functions, custom } = serverless.service;
  const ofAll = (provider.iam?.role as { statements?: readonly Given[] } | undefined)?.statements ?? [];
  const isInherited = custom?.['serverless-iam-roles-per-function']?.['defaultInherit'] === true;
  return Object.entries(functions).map(([key, each]) => {
    const own = each.iamRoleStatements as readonly Given[] | undefined;
    const inherited = own === undefined || (each.iamRoleStatementsInherit ?? isInherited) ? ofAll : [];
    return {
      functionName: each.name ?? '',
      service,
      key,
      statements: [...inherited, ...(own ?? [])].map((statement) => resolved(statement, resolve)),
    };
  });
};

interface PolicyProperties {
  readonly PolicyDocument?: { readonly Statement?: OneOrMore<Given> };
}

/** The statements of a service's bucket and queue policies: here only what they deny counts. */
export const resourcePolicyOf = ({ service: { resources } }: Serverless, resolve: Resolve): Statement[] =>
  Object.values(resources?.Resources ?? {})
    .filter(({ Type }) => Type === 'AWS::S3::BucketPolicy' || Type === 'AWS::SQS::QueuePolicy')
    .flatMap(({ Properties }) => listOf((Properties as PolicyProperties | undefined)?.PolicyDocument?.Statement))
    .map((statement) => resolved(statement, resolve))
    .filter(({ Effect }) => Effect === 'Deny');
