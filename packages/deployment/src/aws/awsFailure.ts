import { Failure } from '@app/command-line/failure';

interface AwsError {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly hostname?: string;
  readonly $metadata?: unknown;
}

interface Kind {
  readonly test: (error: AwsError) => boolean;
  readonly say: (error: AwsError, region: string) => string;
}

const unknownKeys = new Set([
  'AuthFailure',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);

/** The first that fits. Expiry comes before absence: an expired SSO session is a CredentialsProviderError as well. */
const kinds: readonly Kind[] = [
  {
    test: ({ name = '', message = '' }) =>
      /^(Expired|TokenRefreshRequired|UnauthorizedSSOToken)/.test(name) ||
      (name === 'CredentialsProviderError' && /expired/i.test(message)),
    say: () => 'The AWS credentials have expired: sign in again (aws sso login), then repeat the command.',
  },
  {
    test: ({ name }) => name === 'CredentialsProviderError',
    say: ({ message = '' }) =>
      /load credentials/.test(message)
        ? 'There are no AWS credentials: set AWS_PROFILE, or sign in (aws sso login).'
        : `There are no AWS credentials: ${message}`,
  },
  {
    test: ({ name = '' }) => unknownKeys.has(name),
    say: (_error, region) =>
      `AWS does not accept these credentials: they are wrong, or ${region} is a region that the account has not enabled.`,
  },
  {
    test: ({ code = '' }) => ['ENOTFOUND', 'EAI_AGAIN'].includes(code),
    say: ({ hostname = 'its host' }, region) =>
      `AWS cannot be reached at ${hostname}: check the region (${region}) and the network.`,
  },
  {
    test: ({ code = '', name }) =>
      ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE'].includes(code) || name === 'TimeoutError',
    say: ({ message = '' }) => `AWS cannot be reached: ${message || 'the connection was refused'}.`,
  },
  {
    test: ({ name = '', message = '' }) =>
      /AccessDenied|Unauthorized|Forbidden/.test(name) || /not authorized/.test(message),
    say: ({ message = '' }) => `The credentials lack a right: ${message}`,
  },
  { test: ({ $metadata }) => $metadata !== undefined, say: ({ name, message }) => `AWS refused: ${name}: ${message}` },
];

/** One line for whoever typed the command, where an error is AWS's or the network's; undefined for any other. */
export const awsFailure = (error: unknown, region: string): Failure | undefined => {
  const told = (error ?? {}) as AwsError;
  const kind = kinds.find(({ test }) => test(told));
  return kind && new Failure(kind.say(told, region), 1, { cause: error });
};

/** Runs a command's work; what AWS refuses ends it with one line instead of a stack. */
export const withAwsFailures = async <T>(region: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw awsFailure(error, region) ?? error;
  }
};
