import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { region } from './emulator.ts';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

/** What there is of a stage in the account, by name: what it may keep, and what it must not leave. */
export const namesOfStage = async (endpoint: string, stage: string): Promise<string[]> => {
  const config = { endpoint, region, credentials };
  const [tables, buckets, queues, functions, groups] = await Promise.all([
    new DynamoDBClient(config).send(new ListTablesCommand({})),
    new S3Client({ ...config, forcePathStyle: true }).send(new ListBucketsCommand({})),
    new SQSClient(config).send(new ListQueuesCommand({})),
    new LambdaClient(config).send(new ListFunctionsCommand({})),
    new CloudWatchLogsClient(config).send(new DescribeLogGroupsCommand({})),
  ]);
  const names = [
    ...(tables.TableNames ?? []).map((name) => `table ${name}`),
    ...(buckets.Buckets ?? []).map(({ Name }) => `bucket ${Name}`),
    ...(queues.QueueUrls ?? []).map((url) => `queue ${url.split('/').at(-1)}`),
    ...(functions.Functions ?? []).map(({ FunctionName }) => `function ${FunctionName}`),
    ...(groups.logGroups ?? []).map(({ logGroupName }) => `log group ${logGroupName}`),
  ];
  return names.filter((name) => new RegExp(`-${stage}(?![a-z0-9])`).test(name));
};
