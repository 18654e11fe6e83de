import { channel } from 'node:diagnostics_channel';
import type { IncomingHttpHeaders } from 'node:http';

/** What a call of AWS needs: an action, and what the resource's ARN has behind the account. */
export interface Right {
  /** `dynamodb:PutItem`. */
  readonly action: string;
  /** `table/notes-dev/index/owner-createdAt-index`. */
  readonly resource: string;
}

/** A right that a function has used, by its deployed name. */
export interface Call extends Right {
  readonly caller: string;
}

/** Free where nobody subscribes: `npm start` judges no rights. */
export const calls = channel('local-cloud:calls');

/**
 * What a function's AWS_SDK_UA_APP_ID is: the SDK sends it in the User-Agent of every request. Powertools would put its own
 * behind it, unless that seems to be there.
 */
export const appIdOf = (functionName: string): string => `${functionName}/local/PTEnv/`;

const callerOf = ({ 'user-agent': userAgent = '' }: IncomingHttpHeaders) =>
  /(?:^|\s)app\/(\S+)-local-PTEnv-/.exec(userAgent)?.[1];

/** Publishes the rights that a request needs, if a function has sent it. */
export const publishCall = (headers: IncomingHttpHeaders, needs: () => readonly Right[]): void => {
  const caller = calls.hasSubscribers ? callerOf(headers) : undefined;
  if (caller !== undefined) for (const right of needs()) calls.publish({ caller, ...right } satisfies Call);
};
