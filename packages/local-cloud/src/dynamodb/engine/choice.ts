/** How DynamoDB can be had on a machine. */
export type DynamodbEngine =
  | { readonly kind: 'endpoint'; readonly label: string; readonly endpoint: string }
  | { readonly kind: 'dynoxide'; readonly label: string; readonly binary: string }
  | { readonly kind: 'dynoxide-from-npm'; readonly label: string; readonly version: string; readonly npm: string }
  | { readonly kind: 'dynamodb-local'; readonly label: string };

export interface Machine {
  /** AWS_ENDPOINT_URL_DYNAMODB of whoever starts the cloud. */
  readonly endpoint?: string | undefined;
  /** The dynoxide binary that was installed with the dependencies: the lockfile has it for linux-x64. */
  readonly binary?: string | undefined;
  /** The exact version of dynoxide. */
  readonly version: string;
  /** npm's program, a JavaScript file. */
  readonly npm?: string | undefined;
  readonly hasJava: boolean;
  readonly hasMaven: boolean;
}

/**
 * Engines in the order in which to try them: the one that the caller names and no other; dynoxide as installed, and no
 * other; dynoxide from npm, whose package knows macOS, Windows and arm64; AWS's DynamoDB Local.
 */
export const dynamodbEngines = (machine: Machine): DynamodbEngine[] => {
  const { endpoint, binary, version, npm, hasJava, hasMaven } = machine;
  if (endpoint) return [{ kind: 'endpoint', label: `${endpoint} (AWS_ENDPOINT_URL_DYNAMODB)`, endpoint }];
  if (binary) return [{ kind: 'dynoxide', label: `dynoxide ${version}`, binary }];
  return [
    ...(npm ? [{ kind: 'dynoxide-from-npm', label: `dynoxide ${version} from npm`, version, npm } as const] : []),
    ...(hasJava && hasMaven ? [{ kind: 'dynamodb-local', label: 'DynamoDB Local (Java)' } as const] : []),
  ];
};

/** What to tell when none of a machine's engines starts. */
export const whatToDo = ({ version, hasJava, hasMaven }: Machine): string => {
  const missing = [...(hasJava ? [] : ['Java 17 or later']), ...(hasMaven ? [] : ['Maven'])];
  return [
    'One of these makes DynamoDB start:',
    `- npm that reaches a registry with dynoxide@${version}: the engine is installed from there, once`,
    ...(missing.length > 0
      ? [`- ${missing.join(' and ')} on PATH: DynamoDB Local is installed from Maven Central, once`]
      : []),
    '- any other engine, by its endpoint:',
    '    docker run --rm -p 127.0.0.1:8001:8000 amazon/dynamodb-local',
    '    AWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:8001 npm start',
  ].join('\n');
};
