import type { ResourceToImport } from '@aws-sdk/client-cloudformation';
import type { Template } from '../stack/readStack.ts';
import { identifierOf } from './candidates.ts';
import type { Finding } from './examine.ts';

/** What is to be imported into one stack. */
export interface Plan {
  readonly service: string;
  readonly stack: string;
  /** Undefined where there is no stack yet, or an empty one that an earlier import left. */
  readonly current: Template | undefined;
  readonly findings: readonly Finding[];
}

const remarks: Readonly<Record<Finding['state'], string>> = {
  adoptable: 'is taken back',
  absent: 'does not exist: the deployment makes it, empty',
  'in its stack': 'is in its stack already',
  refused: 'is refused',
};

/** A line for each table and bucket. */
export const renderPlan = ({ service, stack, current, findings }: Plan): string => {
  const lines = findings.map((finding) => {
    const { type, name } = finding.candidate;
    const reason = finding.state === 'refused' ? `: ${finding.reason}` : '';
    return `  ${type === 'AWS::S3::Bucket' ? 'bucket' : 'table'} ${name} ${remarks[finding.state]}${reason}`;
  });
  return [`${service}: stack ${stack} ${current ? 'is there' : 'is new'}`, ...lines].join('\n');
};

export const adoptableIn = ({ findings }: Plan) => findings.filter((finding) => finding.state === 'adoptable');
export const isRefused = ({ findings }: Plan): boolean => findings.some(({ state }) => state === 'refused');

/**
 * The template of the import. CloudFormation takes it only when it holds what the stack has now, unchanged, and the
 * resources to import, each with a deletion policy; outputs may not change.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-manually.html
 */
export const importTemplate = (plan: Plan): Template => {
  const imported = adoptableIn(plan).map(({ candidate: { logicalId, type }, asItIs }) => [
    logicalId,
    { Type: type, DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', Properties: asItIs },
  ]);
  const { current = { AWSTemplateFormatVersion: '2010-09-09' } } = plan;
  return { ...current, Resources: { ...(current as Template).Resources, ...Object.fromEntries(imported) } };
};

export const resourcesToImport = (plan: Plan): ResourceToImport[] =>
  adoptableIn(plan).map(({ candidate: { logicalId, type, name } }) => ({
    ResourceType: type,
    LogicalResourceId: logicalId,
    ResourceIdentifier: { [identifierOf(type)]: name },
  }));
