import type { ServerResponse } from 'node:http';
import type { AwsRequest } from './awsRequest.ts';

/** What goes wrong, with which requests, how often. */
export interface Fault {
  /**
   * `throttle` and `error` are answered by the proxy and reach nothing; `reset` cuts the connection before the engine has
   * seen the request, `lose` after it has done what was asked; `delay` only holds the request up.
   */
  readonly kind: 'throttle' | 'error' | 'reset' | 'lose' | 'delay';
  /** Only these operations, e.g. `['PutItem']`. */
  readonly operations?: readonly string[];
  /** Only what is about this table or queue. */
  readonly resource?: string;
  /** Only so many requests; by default all until the fault is removed. */
  readonly times?: number;
  /** Requests that are let through first. */
  readonly after?: number;
  /** Of `delay`. */
  readonly milliseconds?: number;
  /** Of `reset` and `lose`: what others do before the connection is cut, and the client can try again. */
  readonly meanwhile?: () => Promise<unknown>;
}

const throttling = {
  dynamodb: ['com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException', 400],
  sqs: ['com.amazonaws.sqs#RequestThrottled', 400],
  other: ['ThrottlingException', 400],
} as const;

/** The engine's answer to whom it does not serve. */
export const answerFault = (kind: 'throttle' | 'error', { service }: AwsRequest, response: ServerResponse) => {
  const [type, status] = kind === 'throttle' ? throttling[service] : (['InternalServerError', 500] as const);
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify({ __type: type, message: `${type} of the fault proxy` }));
};

/** A fault that is on, and how many requests it has hit. */
export const createActiveFault = (fault: Fault) => {
  const { operations, resource, times = Number.POSITIVE_INFINITY, after = 0 } = fault;
  let met = 0;
  return {
    fault,
    get hits() {
      return Math.max(0, Math.min(met - after, times));
    },
    /** Whether the fault hits this request, which then counts. */
    hit: (request: AwsRequest) => {
      if (operations && !operations.includes(request.operation)) return false;
      if (resource !== undefined && !request.resources.includes(resource)) return false;
      met += 1;
      return met > after && met <= after + times;
    },
  };
};
