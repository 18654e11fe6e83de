import type { PackagedService } from '@app/test-support/packagedService';

export interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
}

interface Role {
  readonly Policies: readonly { readonly PolicyDocument: { readonly Statement: readonly Statement[] } }[];
}

/** What a role allows. */
export const statementsOf = (role: unknown) =>
  (role as Role).Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);

/** The key of the role that a function runs under. */
export const roleOf = ({ resources }: PackagedService, id: string) => {
  const role = resources[id]?.Properties.Role as { 'Fn::GetAtt': [string, string] };
  return role['Fn::GetAtt'][0];
};
