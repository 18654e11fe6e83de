import type { ResourceChange } from '../compare/changes.ts';
import { isStateful } from '../compare/schema.ts';
import type { Resource, Template } from '../template/template.ts';

/** What ends with a resource. */
export interface Loss {
  /** As words go on: “its items”. */
  readonly what: string;
  /** Whether a deployment must not cause it without a person's approval by name. */
  readonly needsApproval: boolean;
  /** Whether the old resource stays in the account, outside the stack, by its DeletionPolicy or UpdateReplacePolicy. */
  readonly isKept: boolean;
}

/** Worth a line, but no approval: nobody's data, or made again by the next call. */
const minor: Readonly<Record<string, string>> = {
  'AWS::Logs::LogGroup': 'its log lines',
  'AWS::ApiGateway::RestApi': 'its URL',
  'AWS::ApiGatewayV2::Api': 'its URL',
};

const major: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::Table': 'its items',
  'AWS::S3::Bucket': 'its objects',
  'AWS::SQS::Queue': 'the messages in it',
};

const keeps = (policy: string | undefined): boolean => policy === 'Retain' || policy === 'RetainExceptOnCreate';

/** CloudFormation goes by the old template's policy for what is gone, and by both for what is replaced: the weaker one counts. */
const isKept = ({ action }: ResourceChange, before: Resource | undefined, after: Resource | undefined): boolean =>
  action === 'deleted'
    ? keeps(before?.DeletionPolicy)
    : keeps(before?.UpdateReplacePolicy) && keeps(after?.UpdateReplacePolicy);

/** What a change of a resource loses; undefined where nothing is lost, or where nothing is known of the type. */
export const lossOf = (change: ResourceChange, before: Template, after: Template): Loss | undefined => {
  const { id, type, action, replacement } = change;
  const ends = action === 'deleted' || replacement !== 'no';
  const what = major[type] ?? minor[type] ?? (isStateful(type) ? 'what it holds' : undefined);
  if (!ends || what === undefined) return undefined;
  return {
    what,
    needsApproval: minor[type] === undefined,
    isKept: isKept(change, before.Resources[id], after.Resources[id]),
  };
};
