import { createHash } from 'node:crypto';
import type { ParameterCall } from './awsCall.ts';
import type { Secrets } from './secrets.ts';

/** What is answered: the body of a success, or an error by its name. */
export type Answer =
  | { readonly status: 200; readonly body: object; readonly shown: object }
  | { readonly status: number; readonly code: string; readonly message: string };

/** What a caller gets who forgets `WithDecryption`: nothing that it could use. */
const ciphertextOf = (value: string) => `AQICAH${createHash('sha512').update(value).digest('base64')}`;

/** Answers GetParameter of a SecureString. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html */
export const answerCall = ({ call, arn, parameter, isDecrypted }: ParameterCall, secrets: Secrets): Answer => {
  if (call.operation !== 'GetParameter')
    return { status: 400, code: 'UnknownOperationException', message: 'Only GetParameter is here.' };
  if (parameter === undefined)
    return { status: 400, code: 'ValidationException', message: 'Name must be a text: the name of a parameter.' };
  const value = secrets.get(parameter);
  if (value === undefined)
    return {
      status: 400,
      code: 'ParameterNotFound',
      message: `No service that runs declares ${parameter} under custom.secrets.`,
    };
  const known = { ARN: arn, DataType: 'text', Name: parameter, Type: 'SecureString', Version: 1 };
  return {
    status: 200,
    body: { Parameter: { ...known, Value: isDecrypted ? value : ciphertextOf(value) } },
    shown: { Parameter: { ...known, Value: '***' } },
  };
};
