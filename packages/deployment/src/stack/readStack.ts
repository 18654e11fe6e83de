import {
  type CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  paginateListStackResources,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation';

export interface Stack {
  readonly id: string;
  readonly name: string;
  /** `UPDATE_COMPLETE`. */
  readonly status: string;
  readonly updatedAt: Date;
  readonly outputs: Readonly<Record<string, string>>;
}

/** The stack that the framework gives a service in a stage. */
export const stackName = (service: string, stage: string): string => `${service}-${stage}`;

/** CloudFormation has no error of its own for a stack that does not exist. */
export const isMissing = (error: unknown): boolean =>
  (error as Error).name === 'ValidationError' && (error as Error).message.includes('does not exist');

/** By name, or by id, which finds a deleted one too. Undefined when there is none. */
export const readStack = async (client: CloudFormationClient, nameOrId: string): Promise<Stack | undefined> => {
  try {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: nameOrId }));
    if (stack === undefined) return undefined;
    const { StackId: id = '', StackName: name = '', StackStatus: status = '', CreationTime, LastUpdatedTime } = stack;
    const outputs = (stack.Outputs ?? []).map(
      ({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue] as const,
    );
    const updatedAt = LastUpdatedTime ?? CreationTime ?? new Date(0);
    return { id, name, status, updatedAt, outputs: Object.fromEntries(outputs) };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
};

export const readResources = async (
  client: CloudFormationClient,
  StackName: string,
): Promise<StackResourceSummary[]> => {
  const resources: StackResourceSummary[] = [];
  for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName }))
    resources.push(...StackResourceSummaries);
  return resources;
};

/** The template that a stack has now, as it was given. */
export const readTemplate = async (client: CloudFormationClient, StackName: string): Promise<Template> => {
  const { TemplateBody = '{}' } = await client.send(new GetTemplateCommand({ StackName, TemplateStage: 'Original' }));
  return JSON.parse(TemplateBody) as Template;
};

/** What is read of a CloudFormation template. */
export interface Template {
  readonly Resources?: Readonly<Record<string, TemplateResource>>;
}

export interface TemplateResource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}
