import type { Resource } from '../framework/types.ts';

/** The account that local ARNs and queue URLs name. */
export const account = '000000000000';

/** What a resource goes by, in templates and in requests: its name, its ARN, and what `Ref` gives. */
interface Kind {
  readonly nameProperty: string;
  readonly arn: (name: string, region: string) => string;
  readonly ref: 'name' | 'arn' | 'queueUrl';
}

const kinds: Readonly<Record<string, Kind>> = {
  'AWS::SQS::Queue': {
    nameProperty: 'QueueName',
    arn: (name, region) => `arn:aws:sqs:${region}:${account}:${name}`,
    ref: 'queueUrl',
  },
  'AWS::SNS::Topic': {
    nameProperty: 'TopicName',
    arn: (name, region) => `arn:aws:sns:${region}:${account}:${name}`,
    ref: 'arn',
  },
  'AWS::DynamoDB::Table': {
    nameProperty: 'TableName',
    arn: (name, region) => `arn:aws:dynamodb:${region}:${account}:table/${name}`,
    ref: 'name',
  },
  'AWS::S3::Bucket': { nameProperty: 'BucketName', arn: (name) => `arn:aws:s3:::${name}`, ref: 'name' },
};

export const queueUrl = (endpoint: string, name: string) => `${endpoint}/${account}/${name}`;

interface Physical {
  readonly resource: Resource;
  readonly name: string;
  readonly region: string;
  readonly sqsEndpoint: string;
}

/** What `Ref` gives for a resource; undefined for a kind that has no local counterpart. */
export const refOf = ({ resource, name, region, sqsEndpoint }: Physical): string | undefined => {
  const kind = kinds[resource.Type];
  if (kind?.ref === 'queueUrl') return queueUrl(sqsEndpoint, name);
  return kind?.ref === 'arn' ? kind.arn(name, region) : kind && name;
};

/** What `Fn::GetAtt` gives, as far as a name tells. */
export const attributeOf = ({ resource, name, region, sqsEndpoint }: Physical, attribute: string) => {
  const kind = kinds[resource.Type];
  if (attribute === 'Arn' || attribute === 'TopicArn') return kind?.arn(name, region);
  if (attribute === 'QueueUrl') return queueUrl(sqsEndpoint, name);
  return attribute === kind?.nameProperty ? name : undefined;
};

export const nameOf = ({ Type, Properties = {} }: Resource): unknown => Properties[kinds[Type]?.nameProperty ?? ''];
