import { CloudFormationClient, DescribeStacksCommand, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import type { Template } from './template.ts';

/** A stack as it is in the account. */
export interface DeployedStack {
  readonly name: string;
  readonly status: string;
  /** Whether CloudFormation refuses to delete it. */
  readonly isProtected: boolean;
  /** What it was last made of, or rolled back to. Undefined where it never came to be. */
  readonly template: Template | undefined;
}

const isMissing = (error: unknown) => /does not exist/.test((error as Error).message);

const templateOf = async (client: CloudFormationClient, StackName: string) => {
  const { TemplateBody } = await client.send(new GetTemplateCommand({ StackName }));
  return TemplateBody === undefined ? undefined : (JSON.parse(TemplateBody) as Template);
};

/** Resolves to undefined where there is no stack of that name. */
export const readStack = async (client: CloudFormationClient, name: string): Promise<DeployedStack | undefined> => {
  try {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    if (!stack) return undefined;
    const status = stack.StackStatus ?? '';
    const template = status === 'REVIEW_IN_PROGRESS' ? undefined : await templateOf(client, name);
    return { name, status, isProtected: stack.EnableTerminationProtection ?? false, template };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
};
