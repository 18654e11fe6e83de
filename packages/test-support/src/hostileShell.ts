/**
 * Variables of a developer's shell that change what Node, the AWS SDK or the Serverless Framework does, each with a value
 * that would break the local cloud. `folder` must hold the files that `writeHostileFiles` makes.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const nowhere = 'http://127.0.0.1:9';

export const hostileShell = (folder: string): Record<string, string> => ({
  AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
  AWS_USE_FIPS_ENDPOINT: 'true',
  AWS_USE_DUALSTACK_ENDPOINT: 'true',
  AWS_PROFILE: 'work',
  AWS_DEFAULT_PROFILE: 'work',
  AWS_CONFIG_FILE: join(folder, 'config'),
  AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
  AWS_SDK_LOAD_CONFIG: '1',
  AWS_REGION: 'us-gov-west-1',
  AWS_DEFAULT_REGION: 'us-gov-west-1',
  AWS_ACCESS_KEY_ID: 'AKIAOFTHEDEVELOPER',
  AWS_SECRET_ACCESS_KEY: 'secret-of-the-developer',
  AWS_SESSION_TOKEN: 'token-of-the-developer',
  AWS_ACCOUNT_ID: '999999999999',
  AWS_ACCOUNT_ID_ENDPOINT_MODE: 'required',
  AWS_ENDPOINT_URL: nowhere,
  AWS_ENDPOINT_URL_LAMBDA: nowhere,
  AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: nowhere,
  AWS_S3_US_EAST_1_REGIONAL_ENDPOINT: 'regional',
  AWS_S3_USE_ARN_REGION: 'nonsense',
  AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS: 'nonsense',
  AWS_REQUEST_CHECKSUM_CALCULATION: 'NONSENSE',
  AWS_RESPONSE_CHECKSUM_VALIDATION: 'NONSENSE',
  AWS_DISABLE_REQUEST_COMPRESSION: 'nonsense',
  AWS_SIGV4A_SIGNING_REGION_SET: 'nonsense',
  AWS_AUTH_SCHEME_PREFERENCE: 'bearer',
  AWS_MAX_ATTEMPTS: '0',
  AWS_RETRY_MODE: 'nonsense',
  AWS_DEFAULTS_MODE: 'nonsense',
  AWS_CA_BUNDLE: join(folder, 'missing.pem'),
  AWS_SDK_UA_APP_ID: 'x'.repeat(500),
  AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/nowhere',
  AWS_CONTAINER_CREDENTIALS_FULL_URI: nowhere,
  AWS_CONTAINER_AUTHORIZATION_TOKEN: 'token',
  AWS_WEB_IDENTITY_TOKEN_FILE: join(folder, 'missing-token'),
  AWS_ROLE_ARN: 'arn:aws:iam::999999999999:role/developer',
  AWS_ROLE_SESSION_NAME: 'developer',
  AWS_EC2_METADATA_SERVICE_ENDPOINT: nowhere,
  AWS_LAMBDA_FUNCTION_NAME: 'of-the-developer',
  AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:9',
  HTTP_PROXY: nowhere,
  HTTPS_PROXY: nowhere,
  ALL_PROXY: nowhere,
  NO_PROXY: 'localhost',
  http_proxy: nowhere,
  https_proxy: nowhere,
  all_proxy: nowhere,
  NODE_USE_ENV_PROXY: '1',
  NODE_OPTIONS: `--require ${join(folder, 'preload.cjs')}`,
  NODE_EXTRA_CA_CERTS: join(folder, 'missing.pem'),
  NODE_TLS_REJECT_UNAUTHORIZED: '0',
  NODE_DEBUG: 'http,net',
  NODE_DEBUG_NATIVE: 'mksnapshot',
  NODE_V8_COVERAGE: join(folder, 'coverage'),
  NODE_ENV: 'production',
  NODE_PATH: join(folder, 'modules'),
  NODE_PENDING_DEPRECATION: '1',
  NODE_NO_WARNINGS: '0',
  NODE_REDIRECT_WARNINGS: join(folder, 'warnings'),
  UV_THREADPOOL_SIZE: '1',
  SSL_CERT_FILE: join(folder, 'missing.pem'),
  TS_NODE_PROJECT: join(folder, 'missing.json'),
  TS_NODE_TRANSPILE_ONLY: 'nonsense',
  ESBUILD_BINARY_PATH: join(folder, 'missing'),
  SLS_DEBUG: '*',
  SLS_LOG_LEVEL: 'debug',
  SLS_ORG: 'of-the-developer',
  SERVERLESS_ACCESS_KEY: 'of-the-developer',
  SERVERLESS_LICENSE_KEY: 'of-the-developer',
  DEBUG: '*',
  IS_OFFLINE: 'nonsense',
  CORS_ORIGINS: 'https://of-the-developer.example',
  TABLE_NAME: 'of-the-developer',
});

/** Configuration files that ask for other endpoints, regions and keys, and a module that says where it was loaded. */
export const writeHostileFiles = async (folder: string): Promise<void> => {
  const settings = [
    'region = us-gov-west-1',
    'use_fips_endpoint = true',
    `endpoint_url = ${nowhere}`,
    'sso_session = none',
  ];
  const config = ['[default]', ...settings, 'ignore_configured_endpoint_urls = true', '[profile work]', ...settings];
  await writeFile(join(folder, 'config'), config.join('\n'));
  await writeFile(
    join(folder, 'credentials'),
    '[default]\naws_access_key_id = AKIAOFTHEFILE\naws_secret_access_key = x\n',
  );
  const where = JSON.stringify(join(folder, 'preloaded'));
  await writeFile(
    join(folder, 'preload.cjs'),
    `require('node:fs').appendFileSync(${where}, [process.version, ...process.argv.slice(1)].join(' ') + '\\n');`,
  );
};
