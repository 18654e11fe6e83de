/**
 * What the framework and its plugins do, and `src/framework/` corrects. A test that fails here says that a correction is no
 * longer needed: take it out.
 */
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, jest } from '@jest/globals';
import { type ServerlessDynamodb, serverlessDynamodbAt } from '../../../src/framework/dynamodbPlugin.ts';
import type { Serverless } from '../../../src/framework/types.ts';
import LocalCloudPlugin from '../../../src/plugin.ts';

const require = createRequire(import.meta.url);
const repository = resolve(import.meta.dirname, '../../../../..');

/** What a program of these lines prints, in a process of its own: modules that keep state would keep it for other tests. */
const run = async (lines: readonly string[]) => {
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', lines.join('\n')], { cwd: repository });
  return stdout.trim();
};

describe('osls', () => {
  it('keeps the command that it was first given, so its command line is loaded afresh for each service', async () => {
    const printed = await run([
      "const resolveInput = require('serverless/lib/cli/resolve-input.js');",
      "process.argv = ['node', 'serverless', 'package'];",
      'resolveInput();',
      "process.argv = ['node', 'serverless', 'deploy'];",
      "console.log(resolveInput().commands.join(' '));",
    ]);

    expect(printed).toBe('package');
  });

  it('tells nobody but the terminal of a failure, so the part that does is replaced', async () => {
    const printed = await run([
      "const handleError = require('serverless/lib/cli/handle-error.js');",
      "console.log(JSON.stringify(handleError(new Error('failed'))), process.exitCode);",
      'process.exitCode = 0;',
    ]);

    expect(printed).toBe('{} 1');
  });

  it('validates by code compiled from its whole schema, so valid configurations are remembered', async () => {
    const printed = await run([
      "const { validateConfig } = require('serverless/lib/classes/config-schema-handler').prototype;",
      'console.log(String(validateConfig));',
    ]);

    expect(printed).toContain('await resolveAjvValidate(this.schema)'); // no function of its own for each part
    expect(printed).not.toMatch(/hash|cache/i);
  });
});

describe('serverless-dynamodb', () => {
  const load = () => {
    const Plugin = require('serverless-dynamodb') as new (
      serverless: object,
      options: object,
    ) => ServerlessDynamodb & {
      readonly hooks: Readonly<Record<string, unknown>>;
      dynamodbOptions(): { readonly raw: { readonly config: { endpoint(): Promise<object> } } };
    };
    const log = jest.fn();
    const serverless = { cli: { log }, service: { provider: { stage: 'dev' }, resources: {} } };
    const plugin = new Plugin(serverless, {});
    return { plugin, log, serverless: { pluginManager: { plugins: [plugin] } } as unknown as Serverless };
  };

  it('works at the port of its configuration, which is 8000, so it is pointed at the engine', async () => {
    const { plugin, serverless } = load();
    const endpoint = () => plugin.dynamodbOptions().raw.config.endpoint();
    expect(await endpoint()).toMatchObject({ hostname: 'localhost', port: 8000 });

    serverlessDynamodbAt(serverless, 'http://127.0.0.1:12345');

    expect(await endpoint()).toMatchObject({ hostname: '127.0.0.1', port: 12_345 });
  });

  it('tells the terminal of each step, so it is silenced', () => {
    const { plugin, log, serverless } = load();
    plugin.log('before');

    serverlessDynamodbAt(serverless, 'http://127.0.0.1:12345');
    plugin.log('after');

    expect(log.mock.calls.map(([message]) => message)).toEqual(['before']);
  });

  it('starts an engine on events of serverless-offline’s command, which ours does not have', () => {
    const { hooks } = load().plugin;
    const started = Object.keys(hooks).filter((name) => name.includes('offline:'));
    const { commands } = LocalCloudPlugin({} as Serverless, {});
    const ours = [commands.offline, ...Object.values(commands.offline.commands)].flatMap(
      (each) => each.lifecycleEvents,
    );

    expect(started).toEqual(['before:offline:start:init', 'before:offline:start:end']);
    expect(ours).toEqual(['run', 'run', 'run']);
  });
});
