interface FunctionEnvironment {
  readonly functionName: string;
  readonly memorySize: number;
  readonly handler: string;
  readonly region: string;
  /** `AWS_ENDPOINT_URL_…` of the local engines. */
  readonly endpoints: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
  readonly over: Readonly<Record<string, string>>;
}
export const functionEnvironmentOf = ({
  functionName,
  memorySize,
  handler,
  region,
  endpoints,
  environment,
  over,
}: FunctionEnvironment): Record<string, string> => ({
  AWS_LAMBDA_FUNCTION_NAME: functionName,
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memorySize),
  _HANDLER: handler,
  AWS_REGION: region,
  AWS_ACCESS_KEY_ID: 'MockAccessKeyId',
  AWS_SECRET_ACCESS_KEY: 'MockSecretAccessKey',
  ...endpoints,
  ...environment,
  ...over,
});
