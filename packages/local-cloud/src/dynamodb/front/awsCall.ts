import type { IncomingHttpHeaders } from 'node:http';
import { arnsIn } from '../../calls/arns.ts';
import type { AwsCall, CallOutcome } from '../../calls/call.ts';
import { type DynamodbInput, dynamodbNeeds, tablesIn } from '../../calls/needs.ts';
import { signerOf } from '../../identity/signer.ts';

const longestKept = 64 * 1024; // bytes of an input or an output

const parsed = (body: Buffer): DynamodbInput => {
  try {
    const input = JSON.parse(body.toString()) as DynamodbInput | null;
    return typeof input === 'object' && input !== null ? input : {};
  } catch {
    return {}; // the engine says what is wrong with it
  }
};

/** What an input says, or something else where its members have other types than they must: the engine refuses it. */
const readable = <T>(read: () => T, otherwise: T): T => {
  try {
    return read();
  } catch {
    return otherwise;
  }
};

/** A request as a call, with its input; undefined where it names no operation. */
export const readAwsCall = (
  headers: IncomingHttpHeaders,
  body: Buffer,
): { call: AwsCall; input: DynamodbInput } | undefined => {
  const [service = '', operation] = String(headers['x-amz-target'] ?? '').split('.');
  if (operation === undefined) return undefined;
  const input = parsed(body);
  const arns = arnsIn(signerOf(headers)?.region ?? '');
  const call: AwsCall = {
    service: service.startsWith('DynamoDBStreams') ? 'DynamoDB Streams' : 'DynamoDB',
    operation,
    needs: readable(() => dynamodbNeeds(arns, operation, input), [{ action: `dynamodb:${operation}`, arn: '*' }]),
    headers,
    resources: readable(() => tablesIn(input), []),
    input: body.toString('utf8', 0, longestKept),
  };
  return { call, input };
};

interface Capacity {
  readonly CapacityUnits?: unknown;
}
interface Output {
  readonly __type?: string;
  readonly message?: string;
  readonly ConsumedCapacity?: Capacity | readonly Capacity[];
  readonly Count?: number;
  readonly ScannedCount?: number;
}

const outputIn = (text: string): Output => {
  try {
    const output = JSON.parse(text) as Output | null;
    return typeof output === 'object' && output !== null ? output : {};
  } catch {
    return {}; // cut off, as it was too large to keep
  }
};

/** What an answer says, from as much of it as was kept. */
export const outcomeOf = (status: number, body: Buffer): CallOutcome => {
  const text = body.toString('utf8', 0, longestKept);
  const { __type, ConsumedCapacity, Count, ScannedCount } = outputIn(text);
  const units = [ConsumedCapacity ?? []].flat().map((capacity) => Number(capacity?.CapacityUnits ?? 0));
  return {
    status,
    error: typeof __type === 'string' ? __type.split('#').at(-1) : undefined,
    output: text,
    attributes: {
      ...(units.length > 0 && { 'aws.dynamodb.consumed_capacity': units.reduce((sum, each) => sum + each, 0) }),
      ...(Count !== undefined && { 'aws.dynamodb.count': Count }),
      ...(ScannedCount !== undefined && { 'aws.dynamodb.scanned_count': ScannedCount }),
    },
  };
};

/** Keeps the beginning of an answer that is streamed on. */
export const createTee = () => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  return {
    add: (chunk: Buffer): void => {
      if (bytes < longestKept) chunks.push(chunk);
      bytes += chunk.length;
    },
    kept: (): Buffer => (chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)),
  };
};
