/**
 * The environment of the local cloud's own process, from that of whoever starts it: by name what it needs, and nothing
 * else. CommonJS without dependencies, as `npm start` reads it before anything is installed (scripts/run.cjs).
 */
const { devNull } = require('node:os');

const general = 'PATH HOME USER LOGNAME SHELL LANG LANGUAGE TMPDIR TEMP TMP TERM COLORTERM FORCE_COLOR NO_COLOR';
/** Upper case, as names have no case there. */
const ofWindows =
  'SYSTEMROOT SYSTEMDRIVE WINDIR COMSPEC PATHEXT OS PROCESSOR_ARCHITECTURE USERPROFILE USERNAME HOMEDRIVE HOMEPATH APPDATA LOCALAPPDATA PROGRAMDATA PROGRAMFILES';
/** Engines that somebody names on purpose, and what the others are started with. */
const ofEngines =
  'AWS_ENDPOINT_URL_DYNAMODB AWS_ENDPOINT_URL_S3 AWS_ENDPOINT_URL_SQS AWS_ENDPOINT_URL_SSM JAVA_HOME DOCKER_HOST DOCKER_CONTEXT DOCKER_CONFIG';
const names = new Set([general, ofWindows, ofEngines].flatMap((group) => group.split(' ')));
const prefixes = /^(LC_|LOCAL_|POWERTOOLS_|npm_config_)/;

/** What the AWS SDK must not find out for itself: regions, endpoints and keys in the developer's files, or a cloud's own. */
const ours = {
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_REGION: 'eu-west-1',
  // Those that serverless-dynamodb signs with: engines that keep a database per key and region must see one caller.
  AWS_ACCESS_KEY_ID: 'MockAccessKeyId',
  AWS_SECRET_ACCESS_KEY: 'MockSecretAccessKey',
};

/** glibc keeps what a thread has freed for that thread; with an arena or two for all, ended functions give theirs back. */
const ofMemory = { MALLOC_ARENA_MAX: '2' };

/** npm, where it is asked for an engine, learns of a proxy by its own variables. Neither Node nor the SDK reads those. */
const proxiesForNpm = (env) => {
  const found = {
    npm_config_https_proxy: env.npm_config_https_proxy ?? env.HTTPS_PROXY ?? env.https_proxy,
    npm_config_proxy: env.npm_config_proxy ?? env.HTTP_PROXY ?? env.http_proxy,
    npm_config_noproxy: env.npm_config_noproxy ?? env.NO_PROXY ?? env.no_proxy,
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value));
};

const cleanEnvironment = (env, platform = process.platform) => {
  const isKept = (name) => names.has(platform === 'win32' ? name.toUpperCase() : name) || prefixes.test(name);
  const kept = Object.entries(env).filter(([name, value]) => isKept(name) && value !== undefined);
  return { ...Object.fromEntries(kept), ...proxiesForNpm(env), ...ours, ...ofMemory };
};

module.exports = { cleanEnvironment, ours };
