/** Bytes that a bundle may have, by the dearest client in it. */
const limits = [
  ['client-s3', 450_000],
  ['client-ssm', 395_000], // beside DynamoDB's
  ['client-apigatewaymanagementapi', 305_000], // beside DynamoDB's and SQS's
  ['client-sqs', 301_000],
  ['client-dynamodb', 270_000],
] as const;

/** How large a function's bundle may be, by the files that went into it. */
export const bundleLimit = (inputs: readonly string[]): number =>
  limits.find(([client]) => inputs.some((input) => input.includes(`/@aws-sdk/${client}/`)))?.[1] ?? 100_000;
