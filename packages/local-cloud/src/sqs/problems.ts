import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';

export const jsonType = 'application/x-amz-json-1.0';
export const formType = 'application/x-www-form-urlencoded';

export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** A content type without its parameters, in lower case. */
export const essence = (contentType: string | undefined) => (contentType ?? '').split(';')[0]?.trim().toLowerCase();

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replaceAll(/[&<>"]/g, (character) => entities[character] ?? '');

const fault = ({ status }: Problem) => (status < 500 ? 'Sender' : 'Receiver');

/** A problem as the caller's protocol has it: SQS speaks JSON, SNS forms and XML. */
export const problemFor = (contentType: string | undefined, problem: Problem) => {
  const { code, message } = problem;
  if (essence(contentType) === formType) {
    const error = `<Error><Type>${fault(problem)}</Type><Code>${code}</Code><Message>${escaped(message)}</Message></Error>`;
    const body = `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">${error}<RequestId>${randomUUID()}</RequestId></ErrorResponse>`;
    return { headers: { 'content-type': 'text/xml' }, body };
  }
  return {
    headers: { 'content-type': jsonType, 'x-amzn-query-error': `${code};${fault(problem)}` },
    body: JSON.stringify({ __type: `com.amazonaws.sqs#${code}`, message }),
  };
};

export const answerProblem = (response: ServerResponse, contentType: string | undefined, problem: Problem) => {
  const { headers, body } = problemFor(contentType, problem);
  response.writeHead(problem.status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
};
