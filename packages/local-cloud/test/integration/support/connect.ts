import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { awsEnvironment } from '../../../src/process/environment.ts';

/** A client for an engine, as the functions have it. */
export const connect = (endpoint: string) => {
  const { AWS_REGION: region = '', AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '' } = awsEnvironment(endpoint);
  const credentials = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY };
  return DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, region, credentials }));
};
