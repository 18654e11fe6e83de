import { Failure } from '@app/command-line/failure';
import {
  CloudFormationClient,
  CloudFormationServiceException,
  DescribeStacksCommand,
  GetTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import type { Target } from '../../target.ts';
import { readTemplate, type Template } from '../template/template.ts';

/** A stack in one of these states has no resources, whatever its template says. */
const withoutResources = new Set(['REVIEW_IN_PROGRESS', 'ROLLBACK_COMPLETE', 'DELETE_COMPLETE']);

const isMissing = (error: unknown): boolean =>
  error instanceof CloudFormationServiceException &&
  error.name === 'ValidationError' &&
  error.message.includes('does not exist');

const statusOf = async (client: CloudFormationClient, stack: string): Promise<string | undefined> => {
  try {
    const { Stacks: [found] = [] } = await client.send(new DescribeStacksCommand({ StackName: stack }));
    return found?.StackStatus;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
};

/** The template that a stack was last updated to; undefined where there is no stack, or one without resources. */
const templateOf = async (client: CloudFormationClient, stack: string): Promise<Template | undefined> => {
  const status = await statusOf(client, stack);
  if (status === undefined || withoutResources.has(status)) return undefined;
  if (status.endsWith('_IN_PROGRESS'))
    throw new Failure(`${stack} is being changed (${status}). Compare again when that has ended.`);
  const { TemplateBody: text = '' } = await client.send(new GetTemplateCommand({ StackName: stack }));
  return readTemplate(text, stack);
};

/**
 * The deployed templates by service; services that are not deployed are left out. Credentials and endpoint are the
 * environment's. Throws a Failure where AWS does not answer.
 */
export const deployedTemplates = async (
  { stage, region, services }: Target,
  client = new CloudFormationClient({ region }),
): Promise<ReadonlyMap<string, Template>> => {
  const found = new Map<string, Template>();
  try {
    for (const { name } of services) {
      const template = await templateOf(client, `${name}-${stage}`);
      if (template !== undefined) found.set(name, template);
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    const { name, message } = error as Error;
    throw new Failure(`CloudFormation in ${region} cannot be asked: ${name}: ${message}`, 1, { cause: error });
  } finally {
    client.destroy();
  }
  return found;
};
