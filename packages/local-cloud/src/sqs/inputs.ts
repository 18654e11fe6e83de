type Judge = (value: unknown) => boolean;

const isText: Judge = (value) => typeof value === 'string';
const isWhole: Judge = (value) => Number.isInteger(value);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf =
  (judge: Judge): Judge =>
  (value) =>
    Array.isArray(value) && value.every(judge);
const mapOf =
  (judge: Judge): Judge =>
  (value) =>
    isObject(value) && Object.values(value).every(judge);

const isMessageAttribute: Judge = (value) =>
  isObject(value) && isText(value['DataType']) && misfitIn(value) === undefined;

const all = (judge: Judge, names: string) => Object.fromEntries(names.split(' ').map((name) => [name, judge]));

/** What SQS takes under these names, wherever they stand. */
const judges: Readonly<Record<string, Judge>> = {
  ...all(isText, 'QueueName QueueUrl QueueNamePrefix NextToken MessageBody MessageGroupId MessageDeduplicationId'),
  ...all(isText, 'ReceiptHandle ReceiveRequestAttemptId Id DataType StringValue BinaryValue'),
  ...all(isWhole, 'DelaySeconds MaxNumberOfMessages MaxResults VisibilityTimeout WaitTimeSeconds'),
  ...all(listOf(isText), 'AttributeNames MessageAttributeNames MessageSystemAttributeNames TagKeys'),
  ...all(mapOf(isText), 'Attributes tags Tags'),
  MessageAttributes: mapOf(isMessageAttribute),
  Entries: listOf((entry) => isObject(entry) && isText(entry['Id']) && misfitIn(entry) === undefined),
};

const misfitIn = (input: Readonly<Record<string, unknown>>): string | undefined =>
  Object.keys(judges).find((name) => Object.hasOwn(input, name) && judges[name]?.(input[name]) === false);

/** Why fauxqs, which believes that all have the right types, must not see an SQS request's input; undefined if it may. */
export const misfit = (input: unknown): string | undefined => {
  if (!isObject(input)) return 'The body must be a JSON object.';
  const name = misfitIn(input);
  return name === undefined ? undefined : `The value of ${name} has another type than it must have.`;
};
