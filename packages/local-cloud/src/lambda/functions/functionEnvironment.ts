import { accessKeyOf } from '../../identity/accessKeys.ts';
import { awsSettings } from '../../process/environment.ts';

/** As configuration has them: a number or a boolean is written out, an absent value left out. */
type Variables = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface FunctionSettings {
  /** As deployed: `<service>-<stage>-<name>`. */
  readonly functionName: string;
  /** Megabytes. */
  readonly memorySize: number;
  readonly handler: string;
  readonly region?: string;
  /** Of the local engines: AWS_ENDPOINT_URL_DYNAMODB and others. */
  readonly endpoints: Variables;
  /** What the service gives the function in its configuration, and what POWERTOOLS_ variables the caller has. */
  readonly environment: Variables;
  /** Of `--function-env`: in place of any of the others. */
  readonly over?: Variables;
  /** Where its code lies. */
  readonly codeFolder?: string;
  /** Of which the paths of the machine are taken, that programs and temporary files are found by. */
  readonly machine?: NodeJS.ProcessEnv;
}

const ofTheMachine = ['PATH', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot'];

const defined = (variables: Variables): [string, string][] =>
  Object.entries(variables).flatMap(([name, value]) => (value == null ? [] : [[name, String(value)]]));

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
const lambdaVariables = ({ functionName, memorySize, handler, codeFolder, region }: FunctionSettings): Variables => ({
  _HANDLER: handler,
  AWS_REGION: region ?? awsSettings.AWS_REGION,
  AWS_DEFAULT_REGION: region ?? awsSettings.AWS_REGION,
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_NAME: functionName,
  AWS_ACCESS_KEY_ID: accessKeyOf(functionName).accessKeyId, // on Lambda, its role's
  AWS_SECRET_ACCESS_KEY: accessKeyOf(functionName).secretAccessKey,
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: memorySize,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${functionName}`,
  AWS_LAMBDA_LOG_STREAM_NAME: 'local/[$LATEST]',
  AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
  LAMBDA_TASK_ROOT: codeFolder ?? '/var/task',
  LANG: 'en_US.UTF-8',
  TZ: 'UTC', // `:UTC` on Lambda, which means the same to the C library and nothing to others
});

/**
 * All variables that a function's execution environment has: what Lambda defines, keys and endpoints of the local cloud,
 * and what the service and `--function-env` say. Nothing of the developer's shell.
 */
export const functionEnvironmentOf = (settings: FunctionSettings): Record<string, string> => {
  const { endpoints, environment, over = {}, machine = process.env } = settings;
  return Object.fromEntries([
    ...defined(Object.fromEntries(ofTheMachine.map((name) => [name, machine[name]]))),
    ...defined(awsSettings),
    ...defined(lambdaVariables(settings)),
    ...defined(endpoints),
    ...defined(environment),
    ...defined(over),
  ]);
};
