import type { IncomingHttpHeaders } from 'node:http';
import { arnsIn } from '../calls/arns.ts';
import type { AwsCall } from '../calls/call.ts';
import { ssmNeeds } from '../calls/needs.ts';
import { signerOf } from '../identity/signer.ts';

interface Input {
  readonly Name?: unknown;
  readonly WithDecryption?: unknown;
}

/** What is asked of Parameter Store. */
export interface ParameterCall {
  readonly call: AwsCall;
  readonly arn: string;
  /** Without the version or label that may follow a colon, and taken out of an ARN. */
  readonly parameter: string | undefined;
  readonly isDecrypted: boolean;
}

const arn = /^arn:[^:]+:ssm:[^:]*:[^:]*:parameter(?=\/)/;

const parsed = (body: Buffer): Input => {
  const input = JSON.parse(body.toString()) as Input | null;
  if (typeof input === 'object' && input !== null) return input;
  throw new SyntaxError('The body must be a JSON object.');
};

/** Reads a request. Throws where the body is not JSON. */
export const readParameterCall = (headers: IncomingHttpHeaders, body: Buffer): ParameterCall => {
  const [, operation = ''] = String(headers['x-amz-target'] ?? '').split('.');
  const { Name, WithDecryption } = parsed(body);
  const parameter = typeof Name === 'string' ? Name.replace(arn, '').replace(/:.*$/s, '') : undefined;
  const arns = arnsIn(signerOf(headers)?.region ?? '');
  const call: AwsCall = {
    service: 'SSM',
    operation,
    needs: ssmNeeds(arns, operation, parameter),
    headers,
    resources: parameter === undefined ? [] : [parameter],
    input: body.toString('utf8', 0, 1024),
  };
  return { call, arn: arns.parameter(parameter ?? ''), parameter, isDecrypted: WithDecryption === true };
};
