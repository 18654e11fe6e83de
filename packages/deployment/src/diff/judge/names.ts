import { shown } from '../template/canonical.ts';
import type { Resource } from '../template/template.ts';

/** The property that gives a resource a name which only one in the account and region can have. */
const nameProperties: Readonly<Record<string, string>> = {
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::CloudWatch::Dashboard': 'DashboardName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::Events::Rule': 'Name',
  'AWS::IAM::Role': 'RoleName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
};

/** The name that a resource is given, with its property; undefined where CloudFormation makes one up. */
export const nameOf = ({ Type: type, Properties: properties = {} }: Resource) => {
  const property = nameProperties[type];
  const name = property === undefined ? undefined : properties[property];
  return property === undefined || name === undefined ? undefined : { property, name: shown(name) };
};
