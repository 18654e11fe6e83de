import { SendMessageCommand, type SendMessageCommandInput } from '@aws-sdk/client-sqs';
import { QueryCommand, type QueryCommandInput, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { dynamodb, sqs } from './aws.ts';
import { aRequestRow } from './rows.ts';

/** A call of the sweep's, e.g. `list a` (a shard) or `close`, `tell` and `forget` with a request's id. */
type Call = string;

const requestOf = ({ MessageBody = '' }: SendMessageCommandInput) =>
  (JSON.parse(MessageBody) as { requestId: string }).requestId;

const valuesOf = ({ ExpressionAttributeValues = {} }: QueryCommandInput | UpdateCommandInput) =>
  Object.values(ExpressionAttributeValues) as string[];

const updateOf = (input: UpdateCommandInput): Call =>
  `${valuesOf(input).includes('error') ? 'close' : 'forget'} ${String(input.Key?.['requestId'])}`;

/**
 * Requests that have stood open for long, in a table that does what the sweep asks of it. Calls that are named in
 * `failing` fail.
 */
export const openRequests = (...requestIds: readonly string[]) => {
  const open = new Set(requestIds);
  const calls: Call[] = [];
  const failing = new Set<Call>();
  const closed = new Set<string>();
  const make = (call: Call) => {
    calls.push(call);
    if (failing.has(call)) throw new Error(`${call} fails`);
  };

  dynamodb.on(QueryCommand).callsFake((input: QueryCommandInput) => {
    const [shard = ''] = valuesOf(input);
    make(`list ${shard}`);
    const after = input.ExclusiveStartKey?.['requestId'] as string | undefined;
    const found = [...open].filter((id) => id.endsWith(shard) && (after === undefined || id > after)).toSorted();
    const Items = found.slice(0, input.Limit).map((requestId) => ({ requestId }));
    return { Items, ...(found.length > Items.length && { LastEvaluatedKey: Items.at(-1) }) };
  });
  dynamodb.on(UpdateCommand).callsFake((input: UpdateCommandInput) => {
    const call = updateOf(input);
    make(call);
    const requestId = String(input.Key?.['requestId']);
    if (call.startsWith('forget')) open.delete(requestId);
    else closed.add(requestId);
    return { Attributes: aRequestRow({ requestId, status: 'error', deadLettered: 'time' }) };
  });
  sqs.on(SendMessageCommand).callsFake((message: SendMessageCommandInput) => {
    make(`tell ${requestOf(message)}`);
    return {};
  });

  return { open, closed, calls, failing };
};
