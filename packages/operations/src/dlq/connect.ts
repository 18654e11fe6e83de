import { awsEnvironment } from '@app/local-cloud/src/process/environment.ts';
import { defaultPortBase, planPorts } from '@app/local-cloud/src/process/ports.ts';
import { SQSClient } from '@aws-sdk/client-sqs';

const localClient = () => {
  const portBase = Number(process.env['LOCAL_PORT_BASE'] ?? defaultPortBase);
  const endpoint = process.env['AWS_ENDPOINT_URL_SQS'] || `http://127.0.0.1:${planPorts([], portBase).sqs}`;
  const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '', AWS_REGION: region = '' } = awsEnvironment('');
  const credentials = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY };
  // Queue URLs that the engine makes up name a host that does not resolve.
  return new SQSClient({ endpoint, region, credentials, useQueueUrlAsEndpoint: false });
};

/** A client for a stage on AWS, else for the local cloud that is running. */
export const connect = (place?: { readonly region: string }) =>
  place === undefined ? localClient() : new SQSClient({ region: place.region });
