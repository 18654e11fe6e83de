/** How DynamoDB can be had on a machine. */
export type DynamodbEngine =
  | { readonly kind: 'endpoint'; readonly label: string; readonly endpoint: string }
  | { readonly kind: 'command'; readonly label: string; readonly command: readonly string[] }
  | { readonly kind: 'serverless-dynamodb'; readonly label: string; readonly docker: boolean };

export interface Machine {
  /** AWS_ENDPOINT_URL_DYNAMODB of whoever starts the cloud. */
  readonly endpoint?: string | undefined;
  /** The installed dynoxide binary, where the registry has one for this platform. */
  readonly binary?: string | undefined;
  /** The version to ask npx for elsewhere. */
  readonly version: string;
  readonly hasJava: boolean;
  readonly hasDocker: boolean;
}

/**
 * Engines in the order in which to try them: the one that the caller names and no other, dynoxide as installed, dynoxide
 * by npx (its umbrella package knows macOS, Windows and arm64), and what serverless-dynamodb starts.
 */
export const dynamodbEngines = (machine: Machine): DynamodbEngine[] => {
  const { endpoint, binary, version, hasJava, hasDocker } = machine;
  if (endpoint) return [{ kind: 'endpoint', label: `${endpoint} (AWS_ENDPOINT_URL_DYNAMODB)`, endpoint }];
  if (binary) return [{ kind: 'command', label: `dynoxide ${version}`, command: [binary] }];
  const npx = {
    kind: 'command',
    label: `dynoxide ${version} by npx`,
    command: ['npx', '--yes', `dynoxide@${version}`],
  } as const;
  const java = {
    kind: 'serverless-dynamodb',
    label: 'DynamoDB Local (Java, by serverless-dynamodb)',
    docker: false,
  } as const;
  const docker = {
    kind: 'serverless-dynamodb',
    label: 'DynamoDB Local (Docker, by serverless-dynamodb)',
    docker: true,
  } as const;
  return [npx, ...(hasJava ? [java] : []), ...(hasDocker ? [docker] : [])];
};
