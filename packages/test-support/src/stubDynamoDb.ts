/** What DynamoDB answers to one request: a status and the members of its JSON; or what keeps it from answering. */
export type DynamoDbReply = { readonly status: number; readonly body: object } | Error;

/** A request as it left the client: the operation (`PutItem`) and its input, marshalled. */
export interface DynamoDbRequest {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

interface WireRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

export const reply = (body: object = {}): DynamoDbReply => ({ status: 200, body });

/** An error of DynamoDB's, e.g. `refusal('ConditionalCheckFailedException', { Item })`. */
export const refusal = (name: string, members: object = {}, status = 400): DynamoDbReply => ({
  status,
  body: { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: name, ...members },
});

/** No answer: a time-out (`TimeoutError`) or an error of the network, by its code. */
export const noAnswer = (name: string, code?: string): DynamoDbReply => Object.assign(new Error(name), { name, code });

/** A transaction that was cancelled for these reasons, one for each of its items. */
export const cancelled = (...codes: readonly string[]): DynamoDbReply =>
  refusal('TransactionCanceledException', { CancellationReasons: codes.map((Code) => ({ Code })) });

const operationOf = ({ headers }: WireRequest) => headers['x-amz-target']?.split('.')[1] ?? '';

/**
 * Stands where the network would: pass `requestHandler` to a real client. Answers with one reply after the other, the
 * last one again and again, and keeps the requests.
 */
export const stubDynamoDb = (...replies: readonly DynamoDbReply[]) => {
  const requests: DynamoDbRequest[] = [];
  const requestHandler = {
    handle: (request: WireRequest) => {
      requests.push({
        operation: operationOf(request),
        input: JSON.parse(new TextDecoder().decode(request.body)) as Record<string, unknown>,
      });
      const next = replies[Math.min(requests.length, replies.length) - 1] ?? reply();
      if (next instanceof Error) return Promise.reject(next);
      const { status, body } = next;
      const headers = { 'content-type': 'application/x-amz-json-1.0' };
      return Promise.resolve({ response: { statusCode: status, headers, body: Buffer.from(JSON.stringify(body)) } });
    },
  };
  return { requestHandler, requests };
};
