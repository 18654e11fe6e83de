/** The little of the framework's objects that the local cloud touches; osls publishes no types for them. */
export interface Hook {
  readonly pluginName: string;
  readonly hook: () => Promise<void> | void;
}

export interface HttpApiCors {
  readonly allowedOrigins?: readonly string[];
  readonly allowedMethods?: readonly string[];
  readonly allowedHeaders?: readonly string[];
  readonly exposedResponseHeaders?: readonly string[];
  readonly maxAge?: number;
  readonly allowCredentials?: boolean;
}

export interface RestCors {
  readonly origin?: string;
  readonly origins?: readonly string[];
  readonly headers?: readonly string[];
  readonly methods?: readonly string[];
  readonly maxAge?: number;
  readonly allowCredentials?: boolean;
}

export interface RestEvent {
  readonly path: string;
  readonly method: string;
  readonly cors?: boolean | RestCors;
}

export interface SqsEvent {
  /** An intrinsic function, as templates have it, or an ARN. */
  readonly arn: unknown;
  readonly batchSize?: number;
  readonly enabled?: boolean;
  readonly functionResponseType?: string;
  readonly maximumConcurrency?: number;
}

export interface ScheduleEvent {
  readonly rate: string | readonly string[];
  readonly enabled?: boolean;
  readonly input?: unknown;
}

/** What a function or an event source mapping says of its failures. */
export interface FailureDestinations {
  readonly onFailure?: string | { readonly arn?: unknown };
}

export interface FilterPattern {
  readonly [member: string]: FilterPattern | readonly unknown[];
}

export interface StreamEvent {
  readonly type?: string;
  /** An intrinsic function, as templates have it. */
  readonly arn: unknown;
  readonly enabled?: boolean;
  readonly startingPosition?: string;
  readonly batchSize?: number;
  readonly maximumRetryAttempts?: number;
  readonly bisectBatchOnFunctionError?: boolean;
  readonly functionResponseType?: string;
  readonly filterPatterns?: readonly FilterPattern[];
  readonly destinations?: FailureDestinations;
}

export interface FunctionEvent {
  readonly http?: string | RestEvent;
  readonly httpApi?: string | { readonly path?: string; readonly method?: string; readonly routeKey?: string };
  readonly websocket?: string | { readonly route: string; readonly routeResponseSelectionExpression?: string };
  readonly sqs?: SqsEvent | string;
  readonly schedule?: ScheduleEvent | string;
  readonly stream?: StreamEvent;
}

export interface ServerlessFunction {
  readonly handler?: string;
  /** As deployed: `<service>-<stage>-<key>`. */
  readonly name?: string;
  /** Seconds. */
  readonly timeout?: number;
  /** Megabytes. */
  readonly memorySize?: number;
  events?: readonly FunctionEvent[];
  environment?: Record<string, unknown>;
  /** For serverless-iam-roles-per-function. */
  readonly iamRoleStatements?: readonly object[];
  /** Whether it has the provider's statements as well. */
  readonly iamRoleStatementsInherit?: boolean;
  /** Of asynchronous invocations. */
  readonly maximumRetryAttempts?: number;
  readonly destinations?: FailureDestinations;
}

export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}
export type Resources = Readonly<Record<string, Resource>>;

export interface Serverless {
  /** The framework's own error: printed without a stack. */
  readonly classes: { readonly Error: new (message: string) => Error };
  readonly serviceDir: string;
  /** As it was read, before any variable was resolved. */
  readonly configurationInput: object;
  readonly configSchemaHandler: { defineFunctionProperties(provider: string, schema: object): void };
  readonly processedInput: { readonly commands: readonly string[] };
  readonly service: {
    readonly service: string;
    readonly provider: {
      environment?: Record<string, unknown>;
      httpApi?: { cors?: boolean | HttpApiCors };
      stage: string;
      readonly timeout?: number;
      readonly memorySize?: number;
      region?: string;
      readonly iam?: { readonly role?: unknown };
    };
    readonly functions: Readonly<Record<string, ServerlessFunction>>;
    readonly resources?: { readonly Resources?: Resources };
    custom?: Record<string, Record<string, unknown> | undefined>;
  };
  readonly pluginManager: {
    readonly plugins: readonly object[];
    readonly hooks: Record<string, Hook[] | undefined>;
    spawn(command: string): Promise<void>;
  };
}

/** A plugin by the name of its constructor: the framework keeps no other. */
export const findPlugin = <P>({ pluginManager }: Serverless, constructorName: string): P | undefined =>
  pluginManager.plugins.find((plugin) => plugin.constructor.name === constructorName) as P | undefined;
