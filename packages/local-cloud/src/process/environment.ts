import { createRequire } from 'node:module';

type Variables = Readonly<Record<string, string>>;

const shared = createRequire(import.meta.url)('../../cleanEnvironment.cjs') as {
  cleanEnvironment: (env: NodeJS.ProcessEnv, platform?: NodeJS.Platform) => Record<string, string>;
  ours: Variables & { AWS_ACCESS_KEY_ID: string; AWS_SECRET_ACCESS_KEY: string; AWS_REGION: string };
};

/**
 * What the cloud's own process keeps of the environment of whoever starts it, and what we set there. Nothing that the AWS
 * SDK or Node would take instructions from is among it, but the endpoints of engines.
 */
export const { cleanEnvironment } = shared;

/** What the AWS SDK is given in every process of ours: keys, a region, and no files of the developer's. */
export const awsSettings = shared.ours;

export const credentials = {
  accessKeyId: awsSettings.AWS_ACCESS_KEY_ID,
  secretAccessKey: awsSettings.AWS_SECRET_ACCESS_KEY,
};

/** Makes `process.env` clean, for a start that came another way than by `npm start`. */
export const cleanOwnEnvironment = () => {
  const kept = cleanEnvironment(process.env);
  for (const name of Object.keys(process.env)) if (!(name in kept)) delete process.env[name];
  Object.assign(process.env, kept);
};

/** What differs on a laptop, all of it: service code holds no local branch. */
export const awsEnvironment = (dynamodbEndpoint: string): Record<string, string> => ({
  ...awsSettings,
  AWS_ENDPOINT_URL_DYNAMODB: dynamodbEndpoint,
});

/** A developer's own credentials must never be used by mistake, not even where a service is run alone. */
const foreign = ['AWS_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_DEFAULT_PROFILE', 'AWS_ENDPOINT_URL'];

/** Sets up this process for its own calls: by an endpoint, and a key that tells them from those of others. */
export const applyAwsEnvironment = (dynamodbEndpoint: string, key: typeof credentials) => {
  for (const name of foreign) delete process.env[name];
  Object.assign(process.env, awsEnvironment(dynamodbEndpoint), {
    AWS_ACCESS_KEY_ID: key.accessKeyId,
    AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
  });
};

/** Metrics as log lines only clutter a terminal; any POWERTOOLS_ variable of the caller goes before. */
export const functionEnvironment = (caller: NodeJS.ProcessEnv): Record<string, string> => ({
  POWERTOOLS_METRICS_DISABLED: 'true',
  ...Object.fromEntries(
    Object.entries(caller).filter(
      (entry): entry is [string, string] => entry[0].startsWith('POWERTOOLS_') && !!entry[1],
    ),
  ),
});
