import { execFile } from 'node:child_process';
import { devNull } from 'node:os';
import { promisify } from 'node:util';
import { hostileShell } from '@app/test-support/hostileShell';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { accessKeyOf } from '../../../src/identity/accessKeys.ts';
import { functionEnvironmentOf } from '../../../src/lambda/functions/functionEnvironment.ts';
import { cleanEnvironment } from '../../../src/process/environment.ts';

const awsSettings = {
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'MockAccessKeyId',
  AWS_SECRET_ACCESS_KEY: 'MockSecretAccessKey',
};
const ours = { ...awsSettings, MALLOC_ARENA_MAX: '2' };
const proxies = { npm_config_https_proxy: expect.any(String), npm_config_proxy: expect.any(String) };

describe('cleanEnvironment', () => {
  it.each(Object.entries(hostileShell('/hostile')))('keeps %s=%s out', (name, value) => {
    const { [name]: kept } = cleanEnvironment({ [name]: value });

    expect(kept).not.toBe(value);
    expect(kept).toBe((ours as Record<string, string>)[name]);
  });

  it('is what we set and nothing of a shell that has all of them; npm alone hears of proxies', () => {
    expect(cleanEnvironment(hostileShell('/hostile'))).toEqual({
      ...ours,
      ...proxies,
      npm_config_noproxy: 'localhost',
    });
  });

  it('keeps what programs are found by, terminals, engines that are named, and our own variables', () => {
    const kept = {
      PATH: '/bin',
      HOME: '/home/me',
      USER: 'me',
      LANG: 'de_DE.UTF-8',
      LC_TIME: 'C',
      TERM: 'xterm',
      TMPDIR: '/scratch',
      FORCE_COLOR: '1',
      NO_COLOR: '1',
      LOCAL_PORT_BASE: '4000',
      LOCAL_DATA: '/data',
      POWERTOOLS_LOG_LEVEL: 'DEBUG',
      AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:8000',
      AWS_ENDPOINT_URL_S3: '',
      AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:9324',
      npm_config_registry: 'http://127.0.0.1:4873',
    };

    expect(cleanEnvironment(kept)).toEqual({ ...kept, ...ours });
  });

  it('knows names in any case on Windows, and there alone', () => {
    const shell = {
      Path: 'C:\\',
      SystemRoot: 'C:\\Windows',
      windir: 'C:\\Windows',
      ComSpec: 'cmd',
      aws_profile: 'work',
    };
    const { aws_profile: _, ...kept } = shell;

    expect(cleanEnvironment(shell, 'win32')).toEqual({ ...kept, ...ours });
    expect(cleanEnvironment(shell, 'linux')).toEqual(ours);
  });

  it('lets no variable through that AWS, Node or the framework could read, whatever it is called', () => {
    const name = fc
      .tuple(
        fc.constantFrom('AWS_', 'NODE_', 'SLS_', 'SERVERLESS_', 'TS_NODE_', 'UV_', 'SSL_', ''),
        fc.stringMatching(/^[A-Z_]{1,20}$/),
      )
      .map(([prefix, rest]) => `${prefix}${rest}`)
      .filter(
        (each) => !/^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|TE?MP|TMPDIR|TERM|OS|LC_.*|LOCAL_.*)$/.test(each),
      )
      .filter((each) => !/^(AWS_ENDPOINT_URL_(DYNAMODB|S3|SQS)|POWERTOOLS_.*|NO_COLOR|(HTTPS?|NO)_PROXY)$/.test(each));

    fc.assert(
      fc.property(name, (each) => {
        expect(cleanEnvironment({ [each]: 'of the developer' })).toEqual(ours);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('main.ts, started by itself in a shell that has all of them', () => {
  it('has read none when it says what is wrong with its options', async () => {
    const {
      NODE_OPTIONS: _preload,
      NODE_REDIRECT_WARNINGS: _file,
      NODE_V8_COVERAGE: _folder,
      ...hostile
    } = hostileShell('/hostile');
    const script = `const { cleanOwnEnvironment } = await import('${new URL('../../../src/process/environment.ts', import.meta.url).href}'); cleanOwnEnvironment(); console.log(JSON.stringify(process.env))`;

    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
      env: { ...hostile, NODE_DEBUG: '' },
    });

    expect(JSON.parse(stdout)).toEqual({ ...ours, ...proxies, npm_config_noproxy: 'localhost' });
  });
});

describe('functionEnvironmentOf', () => {
  const settings = {
    functionName: 'notes-dev-getNote',
    memorySize: 512,
    handler: 'src/handlers/getNote.handler',
    endpoints: { AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:8000', AWS_ENDPOINT_URL_S3: undefined },
    environment: { TABLE_NAME: 'notes-dev', LIMIT: 50, EMPTY: null },
    machine: { ...hostileShell('/hostile'), PATH: '/bin', TMPDIR: '/scratch' },
  };
  const onLambda = {
    _HANDLER: 'src/handlers/getNote.handler',
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: 'notes-dev-getNote',
    AWS_ACCESS_KEY_ID: accessKeyOf('notes-dev-getNote').accessKeyId,
    AWS_SECRET_ACCESS_KEY: accessKeyOf('notes-dev-getNote').secretAccessKey,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/notes-dev-getNote',
    AWS_LAMBDA_LOG_STREAM_NAME: 'local/[$LATEST]',
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    LAMBDA_TASK_ROOT: '/var/task',
    LANG: 'en_US.UTF-8',
    TZ: 'UTC',
  };

  it('is what Lambda, the local engines and the service set, and nothing of the developer’s', () => {
    expect(functionEnvironmentOf(settings)).toEqual({
      ...awsSettings,
      ...onLambda,
      PATH: '/bin',
      TMPDIR: '/scratch',
      AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:8000',
      TABLE_NAME: 'notes-dev',
      LIMIT: '50',
    });
  });

  it('puts what --function-env says in the place of all others', () => {
    const over = {
      TABLE_NAME: 'other',
      AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:8001',
      TZ: 'Asia/Tokyo',
      NEW: 'yes',
    };

    expect(functionEnvironmentOf({ ...settings, over })).toMatchObject(over);
  });

  it('names the region and the folder of the code that it is given', () => {
    const { AWS_REGION, AWS_DEFAULT_REGION, LAMBDA_TASK_ROOT } = functionEnvironmentOf({
      ...settings,
      region: 'ap-south-1',
      codeFolder: '/build/notes',
    });

    expect([AWS_REGION, AWS_DEFAULT_REGION, LAMBDA_TASK_ROOT]).toEqual(['ap-south-1', 'ap-south-1', '/build/notes']);
  });
});
