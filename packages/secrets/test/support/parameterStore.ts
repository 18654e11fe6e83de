import { Readable } from 'node:stream';
import type { SSMClientConfig } from '@aws-sdk/client-ssm';
import { createParameters } from '../../src/index.ts';

type Answer = { readonly value: string } | { readonly status: number; readonly code: string };

const jsonOf = (answer: Answer) =>
  'value' in answer ? { Parameter: { Value: answer.value } } : { __type: answer.code, message: 'of a test' };

/** Parameter Store behind a client of ours: it answers in turn, the last answer again and again. */
export const stubParameterStore = (...answers: Answer[]) => {
  const asked: unknown[] = [];
  const requestHandler = {
    handle: async ({ body }: { body: Uint8Array }) => {
      const answer = answers[Math.min(asked.length, answers.length - 1)] ?? {
        status: 500,
        code: 'InternalServerError',
      };
      asked.push(JSON.parse(new TextDecoder().decode(body)));
      const statusCode = 'status' in answer ? answer.status : 200;
      const headers = { 'content-type': 'application/x-amz-json-1.1' };
      return { response: { statusCode, headers, body: Readable.from([Buffer.from(JSON.stringify(jsonOf(answer)))]) } };
    },
  } as unknown as NonNullable<SSMClientConfig['requestHandler']>;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const parameters = createParameters({ requestHandler, credentials, region: 'eu-west-1', maxAttempts: 1 });
  return { parameters, asked };
};

/** What passes. */
export const down = { status: 503, code: 'ServiceUnavailable' } as const;
export const throttled = { status: 400, code: 'ThrottlingException' } as const;
