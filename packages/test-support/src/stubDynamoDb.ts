/** What DynamoDB answers to one request: a status and the members of its JSON. */
export interface DynamoDbReply {
  readonly status: number;
  readonly body: object;
}

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
      const { status, body } = replies[Math.min(requests.length, replies.length) - 1] ?? reply();
      const headers = { 'content-type': 'application/x-amz-json-1.0' };
      return Promise.resolve({ response: { statusCode: status, headers, body: Buffer.from(JSON.stringify(body)) } });
    },
  };
  return { requestHandler, requests };
};
