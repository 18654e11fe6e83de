import { account } from '../template/resources.ts';

/** ARNs in a region of the resources that calls are about, as templates' references to them resolve here. */
export const arnsIn = (region: string) => ({
  table: (table: string, index?: string): string =>
    `${table.startsWith('arn:') ? table : `arn:aws:dynamodb:${region}:${account}:table/${table}`}${index === undefined ? '' : `/index/${index}`}`,
  queue: (queue: string): string => `arn:aws:sqs:${region}:${account}:${queue}`,
  object: (bucket: string, key = ''): string => `arn:aws:s3:::${bucket}${key === '' ? '' : `/${key}`}`,
  /** The name begins with a slash. */
  parameter: (name: string): string => `arn:aws:ssm:${region}:${account}:parameter${name}`,
  secret: (id: string): string => `arn:aws:secretsmanager:${region}:${account}:secret:${id}`,
  /** The API has no id here: its ARN is as a template has it. */
  connection: (stage: string, method: string, connectionId: string): string =>
    `arn:aws:execute-api:${region}:${account}:\${WebsocketsApi}/${stage}/${method}/@connections/${connectionId}`,
});

export type Arns = ReturnType<typeof arnsIn>;
