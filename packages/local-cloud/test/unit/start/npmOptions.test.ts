import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { readOptions } from '../../../src/process/options.ts';

const { takeFromNpm, withoutThem, options } = createRequire(import.meta.url)(
  '../../../../../scripts/run/npmOptions.cjs',
) as {
  takeFromNpm: (args: string[], env: NodeJS.ProcessEnv) => { args?: string[]; problem?: string };
  withoutThem: (env: NodeJS.ProcessEnv) => NodeJS.ProcessEnv;
  options: string[];
};

/** What npm 10 and npm 11 were seen to hand on: they differ in their warnings only. */
describe.each(['npm 10', 'npm 11'])('npm start, by %s', (version) => {
  const always = {
    npm_config_user_agent: version.replace(' ', '/'),
    npm_config_allow_scripts: '',
    npm_config_noproxy: '',
  };

  it.each<[typed: string, args: string[], env: NodeJS.ProcessEnv, meant: string]>([
    ['npm start', [], {}, ''],
    ['npm start -- --fresh', ['--fresh'], {}, '--fresh'],
    ['npm start --fresh', [], { npm_config_fresh: 'true' }, '--fresh'],
    ['npm start --no-iam', [], { npm_config_iam: '' }, '--no-iam'],
    ['npm start --no-iam --fresh', [], { npm_config_iam: '', npm_config_fresh: 'true' }, '--no-iam --fresh'],
    ['npm start --json', [], { npm_config_json: 'true' }, '--json'],
    ['npm start --no-fresh', [], { npm_config_fresh: '' }, ''],
    ['npm start --fresh=false', [], { npm_config_fresh: '' }, ''],
    ['npm start --port-base 4000', ['4000'], { npm_config_port_base: 'true' }, '--port-base 4000'],
    ['npm start --port-base=4000', [], { npm_config_port_base: '4000' }, '--port-base 4000'],
    ['npm start --data x', ['x'], { npm_config_data: 'true' }, '--data x'],
    ['npm start --data=x --fresh', [], { npm_config_data: 'x', npm_config_fresh: 'true' }, '--fresh --data x'],
    ['npm start --fresh --data x', ['x'], { npm_config_data: 'true', npm_config_fresh: 'true' }, '--fresh --data x'],
    ['npm start --allow-host x', ['x'], { npm_config_allow_host: 'true' }, '--allow-host x'],
    [
      'npm start --allow-host=a --allow-host=b',
      [],
      { npm_config_allow_host: 'a\n\nb' },
      '--allow-host a --allow-host b',
    ],
    ['npm start --function-env A=b', ['A=b'], { npm_config_function_env: 'true' }, '--function-env A=b'],
    ['npm start --function-env=A=b', [], { npm_config_function_env: 'A=b' }, '--function-env A=b'],
    ['npm start --sweep-seconds=1', [], { npm_config_sweep_seconds: '1' }, '--sweep-seconds 1'],
    [
      'npm start --fresh -- --port-base 3000',
      ['--port-base', '3000'],
      { npm_config_fresh: 'true' },
      '--fresh --port-base 3000',
    ],
    [
      'npm start --data x -- --port-base 3000',
      ['x', '--port-base', '3000'],
      { npm_config_data: 'true' },
      '--data x --port-base 3000',
    ],
  ])('%s', (_, args, env, meant) => {
    expect(takeFromNpm(args, { ...always, ...env })).toEqual({ args: meant.split(' ').filter(Boolean) });
  });

  it.each<[typed: string, args: string[], env: NodeJS.ProcessEnv]>([
    ['npm start --data x --port-base 4000', ['x', '4000'], { npm_config_data: 'true', npm_config_port_base: 'true' }],
    ['npm start --allow-host a --allow-host b', ['a', 'b'], { npm_config_allow_host: 'true\n\ntrue' }],
    ['npm start --data --fresh', [], { npm_config_data: 'true', npm_config_fresh: 'true' }],
    ['npm start --fresh x', ['x'], { npm_config_fresh: 'true' }],
  ])('%s is refused with the command that can be told', (_, args, env) => {
    expect(takeFromNpm(args, { ...always, ...env }).problem).toMatch(/^npm kept --.* npm start -- --/);
  });
});

describe('the options that npm is asked for', () => {
  it('are all that the local cloud knows', () => {
    const refusal = (...args: string[]) => {
      try {
        readOptions(args, {});
        return '';
      } catch (error) {
        return (error as Error).message;
      }
    };
    const unknown = options.filter((option) => refusal(`--${option}`).includes('Unknown option'));
    const help = refusal('--port-base', 'x');

    expect(unknown).toEqual([]);
    for (const [, named] of help.matchAll(/\[--([\w-]+)/g)) expect(options).toContain(named);
  });

  it.each(['prod', 'production', 'dev'])('do not have npm’s own only: %s', (only) => {
    expect(takeFromNpm([], { npm_config_only: only })).toEqual({ args: [] });
    expect(takeFromNpm([], { npm_config_only: 'notes,users' })).toEqual({ args: ['--only', 'notes,users'] });
  });

  it('are left out of what other programs get', () => {
    expect(
      withoutThem({ npm_config_data: 'x', npm_config_fresh: 'true', npm_config_registry: 'r', PATH: 'p' }),
    ).toEqual({
      npm_config_registry: 'r',
      PATH: 'p',
    });
  });
});
